"""How a panel without this system answers: one page behind a link that works once, with nothing about the child."""
