#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page of a service in headless Chromium, driven over WebDriver: forms that
call the service, documentation that stays text. TAP; skipped where there is no
chromedriver.

usage: page.py PAGE_SERVER ARTIFACTS
"""
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request

server_path, artifacts = sys.argv[1:]
TIMEOUT = 30


def find(*names):
    return next((p for p in map(shutil.which, names) if p), None)


driver_path = find('chromedriver')
browser_path = find('chromium', 'chromium-browser', 'google-chrome')
if not driver_path or not browser_path:
    print('1..0 # SKIP chromium and chromedriver are not installed')
    sys.exit()


def start(command, pattern):
    process = subprocess.Popen(command, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        match = re.search(pattern, line)
        if match:
            return process, match.group(1)
    raise SystemExit(f'Bail out! {command[0]} did not start')


class Browser:
    def __init__(self, port):
        self.base = f'http://127.0.0.1:{port}'
        options = {'binary': browser_path,
                   'args': ['--headless=new', '--no-sandbox',
                            '--disable-dev-shm-usage', '--disable-gpu']}
        value = self.call('POST', '/session', {'capabilities': {'alwaysMatch': {
            'goog:chromeOptions': options,
            'goog:loggingPrefs': {'browser': 'ALL'}}}})
        self.base += '/session/' + value['sessionId']

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.base + path, data, {'Content-Type': 'application/json'},
            method=method)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply)['value']

    def open(self, url):
        self.call('POST', '/url', {'url': url})

    def run(self, script, *arguments):
        return self.call('POST', '/execute/sync',
                         {'script': script, 'args': list(arguments)})

    def wait(self, script, *arguments):
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            value = self.run(script, *arguments)
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError('not in time: ' + script)

    def element(self, selector):
        value = self.call('POST', '/element', {
            'using': 'css selector', 'value': selector})
        return '/element/' + next(iter(value.values()))

    def click(self, selector):
        self.call('POST', self.element(selector) + '/click', {})

    def type(self, selector, text):
        self.call('POST', self.element(selector) + '/value', {'text': text})

    def size(self, width, height):
        self.call('POST', '/window/rect', {'width': width, 'height': height})

    def screenshot(self, name):
        image = self.call('GET', '/screenshot')
        os.makedirs(artifacts, exist_ok=True)
        with open(os.path.join(artifacts, name), 'wb') as file:
            file.write(base64.b64decode(image))


def submit(browser, operation, n1, n2):
    form = f'[data-operation="{operation}"]'
    if not browser.run('return document.querySelector(arguments[0]).open', form):
        browser.click(form + ' > summary')
    browser.wait('return !!document.querySelector(arguments[0])', form + ' form')
    browser.run('for (const i of document.querySelectorAll(arguments[0])) i.value = ""',
                form + ' input')
    browser.type(form + ' input[name=n1]', n1)
    browser.type(form + ' input[name=n2]', n2)
    browser.click(form + ' button[type=submit]')
    return browser.wait(
        'const r = document.querySelector(arguments[0] + " .reply");'
        'return r && r.querySelector("p") && r.innerText', form)


def test_add(browser):
    text = submit(browser, 0, '2', '3')
    assert '200 OK' in text, text
    assert re.search(r'AddResult\s+5\s', text), text
    browser.screenshot('page.png')


def test_fault(browser):
    text = submit(browser, 3, '1', '0')
    assert text.startswith('500 '), text
    assert '<b>the divisor</b> is zero' in text, text
    text = submit(browser, 3, '<x>', '1')
    assert 'DeserializationFailed' in text, text


def test_request(browser):
    form = '[data-operation="0"]'
    buttons = browser.run(
        'const b = [...document.querySelectorAll(arguments[0] + " button")]'
        '.find(b => b.textContent == "Show request"); b.click();'
        'return document.querySelector(arguments[0] + " pre").textContent', form)
    assert '<Add xmlns="http://Microsoft.ServiceModel.Samples">' in buttons
    assert '<n1>2</n1><n2>3</n2></Add>' in buttons, buttons


def test_documentation(browser):
    assert browser.run('return document.title') == 'CalculatorService'
    texts = browser.run('return document.body.innerText')
    for text in ("<script>document.title = 'owned'</script>",
                 "<img src=x onerror=\"document.title = 'owned'\">",
                 "</script><script>document.title = 'owned'</script>",
                 "\"'><b>bold</b>", '--></title>'):
        assert text in texts, (text, texts)
    assert browser.run('return document.querySelectorAll("img, b").length') == 0


def test_phone(browser):
    browser.size(500, 800)
    width = browser.run('return [document.documentElement.scrollWidth,'
                        ' document.documentElement.clientWidth]')
    assert width[0] <= width[1], width
    browser.screenshot('phone.png')


def test_log(browser):
    log = browser.call('POST', '/se/log', {'type': 'browser'})
    bad = [e['message'] for e in log if e['level'] == 'SEVERE'
           and 'favicon' not in e['message'] and '500 (' not in e['message']]
    assert not bad, bad


def main():
    tests = [test_add, test_fault, test_request, test_documentation,
             test_phone, test_log]
    server, url = start([server_path], r'(http://\S+)')
    driver, port = start([driver_path, '--port=0'], r'successfully on port (\d+)')
    browser = None
    failures = 0
    print(f'1..{len(tests)}')
    try:
        browser = Browser(port)
        browser.open(url)
        for number, test in enumerate(tests, 1):
            try:
                test(browser)
                print(f'ok {number} - {test.__name__}')
            except Exception as error:  # told in the output
                failures += 1
                print(f'not ok {number} - {test.__name__}')
                print('# ' + repr(error).replace('\n', '\n# '))
    finally:
        if browser:
            browser.call('DELETE', '')
        for process in (driver, server):
            process.terminate()
            process.wait()
    sys.exit(failures > 0)


main()
