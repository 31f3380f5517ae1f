"""Full text over titles and bodies: an index kept in step with the articles, and what is found in it."""
