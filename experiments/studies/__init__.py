"""The studies, a folder a question: each says what it wants run and what it concludes."""
