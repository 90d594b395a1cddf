"""From documents to seeds, and the proof that the seeds say what the documents print."""
