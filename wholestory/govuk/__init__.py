"""The look of every page: the design system's parts, forms that draw themselves, lists and downloads."""
