"""What every room needs: where things lie, in which language we speak, how we fail."""
