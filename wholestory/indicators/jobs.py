"""What happens by itself about figures."""

# The queue looks for a room's jobs in this module.
from wholestory.indicators import children_jobs as children_jobs
from wholestory.indicators import return_jobs as return_jobs
