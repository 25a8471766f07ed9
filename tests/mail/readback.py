#!/usr/bin/python3
"""readback.py FOLDER - reads each FOLDER/N.eml with Python's parser and compares it with what N.json says it was made of."""
import email
import email.header
import email.policy
import glob
import json
import sys


def unfolded(value):
    """Encoded words as RFC 2047 says; the newer parser of Python 3.11 leaves spaces between them in names."""
    return str(email.header.make_header(email.header.decode_header(value)))


def lines(s):
    return s.replace('\r\n', '\n')


def check(path):
    with open(path, 'rb') as f:
        raw = f.read()
    with open(path[:-3] + 'json') as f:
        want = json.load(f)
    new = email.message_from_bytes(raw, policy=email.policy.default)
    old = email.message_from_bytes(raw, policy=email.policy.compat32)
    got = {'subject': new['subject'], 'old_subject': unfolded(old['subject']), 'to': new['to'].addresses[0].addr_spec,
           'from': new['from'].addresses[0].addr_spec, 'headers': len(new.keys()), 'defects': 0}
    name = email.utils.parseaddr(str(old['to']).replace('\r\n', ''))[0]
    got['to_name'] = unfolded(name) if '=?' in name else name
    parts = list(new.walk())
    got['defects'] = sum(len(p.defects) for p in parts) + sum(len(v.defects) for v in new.values())
    body = {p.get_content_type(): p for p in parts if not p.is_multipart()}
    got['parts'] = sorted(body)
    got['text'] = lines(body['text/plain'].get_content())
    got['html'] = lines(body['text/html'].get_content())
    got['unsubscribe'] = new['list-unsubscribe']
    for key in ('subject', 'text', 'html', 'to', 'to_name'):
        want[key] = lines(want[key])
    want.update({'old_subject': want['subject'], 'from': 'noreply@schouders.example', 'headers': 10, 'defects': 0,
                 'parts': ['text/html', 'text/plain'], 'unsubscribe': '<https://schouders.example/af?t=1>'})
    bad = [(k, want[k], got[k]) for k in want if want[k] != got[k]]
    bad += [('line', 76, len(line)) for line in raw.split(b'\r\n') if len(line) > 76]
    for what in bad:
        print(path, *('%r' % (w,) for w in what))
    return not bad


mails = glob.glob(sys.argv[1] + '/*.eml')
results = [check(path) for path in mails]
print('%d mails, %d wrong' % (len(results), results.count(False)))
sys.exit(0 if results and all(results) else 1)
