"""A plan's shape as editors draw it: outline, folds, tokens, selections."""
