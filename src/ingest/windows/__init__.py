"""Windows of time: which publications of a source a run is to read, and which ones runs have covered.

Pure: no clock, no database. ``spans`` adds and takes away stretches of time, ``cutting`` cuts time into windows
of a source's zone, ``due`` says what a run is to read now, and what it may claim after.
"""
