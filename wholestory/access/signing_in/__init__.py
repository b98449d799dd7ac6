"""How people prove who they are: codes by e-mail, second factors, sessions, invitations."""
