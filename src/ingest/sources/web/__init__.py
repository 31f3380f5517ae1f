"""What the web's own lists name: feeds, site maps, listing pages. Each module turns one list's bytes into links."""
