"""The looked-after return (SSDA903): its tables read, checked rule by rule, and counted."""
