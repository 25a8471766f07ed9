#!/usr/bin/python3
"""smtpd.py FOLDER MODE [CERT KEY] - a mail server for tests, on a free port of 127.0.0.1, until standard input ends.

The port stands in FOLDER/port. Each mail that is taken over becomes FOLDER/N.eml, and N.json with its envelope.
MODE is words with dashes between them:
  accept          takes everything        starttls   asks for STARTTLS with CERT and KEY
  smtps           TLS from the first byte auth       asks for user "schouders", password "geheim"
  refuse          550 to the receiver     content    554 to the content
  busy            451 to the receiver, twice, and then accepts
  greeting        554 before anything     hang       says nothing
  drop            takes the content over and goes away without an answer
"""
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, mode = sys.argv[1], sys.argv[2].split('-')


def save(name, data):
    path = os.path.join(folder, name)
    with open(path + '.new', 'wb') as f:
        f.write(data)
    os.rename(path + '.new', path)


class Handler:
    mails = 0
    busy = 2 if 'busy' in mode else 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if 'refuse' in mode:
            return '550 5.1.1 unknown here: ' + address
        if self.busy:
            Handler.busy -= 1
            return '451 4.3.0 come back later'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        if 'content' in mode:
            return '554 5.6.0 no such content here'
        Handler.mails += 1
        save('%d.eml' % Handler.mails, envelope.original_content)
        save('%d.json' % Handler.mails, json.dumps({
            'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'host': session.host_name,
            'tls': bool(session.ssl) or 'smtps' in mode, 'login': bool(session.authenticated)}).encode())
        if 'drop' in mode:
            server.transport.abort()
        return '250 OK'


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b'schouders' and data.password == b'geheim'
    return AuthResult(success=good, handled=good)


class Talk(asyncio.Protocol):
    """A server that is not one."""
    def connection_made(self, transport):
        if 'greeting' in mode:
            transport.write(b'554 5.3.2 no mail here\r\n')
            transport.close()


async def main():
    tls = None
    if len(sys.argv) > 3:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(sys.argv[3], sys.argv[4])
    handler = Handler()

    def talk():
        if 'hang' in mode or 'greeting' in mode:
            return Talk()
        start = tls if 'starttls' in mode else None
        return SMTP(handler, tls_context=start, require_starttls=bool(start), hostname='smtpd.example',
                    authenticator=authenticate if 'auth' in mode else None, auth_required='auth' in mode,
                    auth_require_tls=False)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(talk, '127.0.0.1', 0, ssl=tls if 'smtps' in mode else None)
    save('port', str(server.sockets[0].getsockname()[1]).encode())
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
