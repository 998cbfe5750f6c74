"""The report of an edition: one document (`document.py`), built once a language (`build.py`), and a writer for each format."""
