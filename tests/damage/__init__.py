"""Makers of damage: healthy articles go in, pages as broken as the web's come out, the same for the same seed.

``articles`` reads healthy texts. ``script``, ``punctuation``, ``spin``, ``columns``, ``farm`` and ``charset`` each do
one kind of harm. ``layouts`` (text) and ``templates`` (HTML) put the site round the article, and ``build_samples``
makes the sample pages of ``seeds/samples`` with them.
"""
