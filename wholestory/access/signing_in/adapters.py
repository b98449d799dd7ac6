"""What django-allauth asks of us: secrets sealed under our own keys, and names for passkeys."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from wholestory.access.signing_in.sealing import seal, unseal


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library ships no types
    """Second factors of our accounts. The library keeps secrets in clear unless these two methods say otherwise."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Wholestory"

    def get_totp_label(self, user: Any) -> str:
        return str(user.email)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        # The address settings give, never the one the browser claims to have asked.
        return {"id": urlsplit(settings.SITE_ADDRESS).hostname or "localhost", "name": "Wholestory"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {"id": user.pk.bytes, "name": user.email, "display_name": user.person.full_name}
