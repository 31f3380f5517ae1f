"""What pages keep in their scripts: JSON, assigned or streamed. Any room may read it here; it knows no page's rules."""
