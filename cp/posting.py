"""Handing a letter to the mail server: the one thing here that speaks to another machine."""

import smtplib
import ssl
from email.message import EmailMessage

from cp.config import Mail

TIMEOUT = 20
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def send(mail: Mail, message: EmailMessage) -> None:
    """Raises OSError or SMTPException. A link goes over no network in the clear."""
    with _connected(mail) as server:
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(message)


def _connected(mail: Mail) -> smtplib.SMTP:
    if mail.at_once:
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT)
    if mail.host not in LOOPBACK:
        server.starttls(context=ssl.create_default_context())
    return server
