"""The steps, one file each; a step that is in main is never edited again."""
