"""Everything out, and back into an empty system, equal: nobody is held by this software."""
