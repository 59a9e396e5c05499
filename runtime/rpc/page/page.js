/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of a service's page: one an operation, built from the tables in
   the element "model". Everything is put into the page as text. */
'use strict';
(function () {
  const model = JSON.parse(document.getElementById('model').textContent);
  const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
  const EXAMPLES = {
    dateTime: '2026-01-31T12:00:00Z', date: '2026-01-31', time: '12:00:00',
    duration: 'P1DT2H', base64Binary: 'AAEC', hexBinary: '0A0B', decimal: '1.50'
  };

  function make(name, properties, ...children) {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  }

  function button(text, act) {
    const node = make('button', { type: 'button', textContent: text });
    node.addEventListener('click', act);
    return node;
  }

  function escape(text) {
    return text.replace(/[&<>"\r]/g, (c) => '&#' + c.charCodeAt(0) + ';');
  }

  /* An editor is { node, isEmpty(), xml(ns), attribute }. */

  function control(field) {
    if (field.e) {
      const options = field.e.map((text) => make('option', { textContent: text }));
      if (field.o) options.unshift(make('option', { value: '', textContent: '' }));
      return make('select', {}, ...options);
    }
    if (field.k === 'boolean') {
      const texts = field.o ? ['', 'true', 'false'] : ['false', 'true'];
      return make('select', {},
        ...texts.map((text) => make('option', { value: text, textContent: text })));
    }
    if (field.k === 'anyType') return make('textarea', { spellcheck: false });
    return make('input', {
      type: 'text', value: field.d || '', placeholder: EXAMPLES[field.k] || '',
      autocomplete: 'off'
    });
  }

  function element(field, ns, attributes, content) {
    const own = field.ns === ns ? '' : ' xmlns="' + escape(field.ns) + '"';
    return '<' + field.n + own + attributes + '>' + content + '</' + field.n + '>';
  }

  function simple(field) {
    const input = control(field);
    const caption = make('span', {}, (field.n || 'text') + ' ',
      make('span', { className: 'kind', textContent: field.k + (field.o ? ', optional' : '') }));
    input.name = field.n || 'text';
    return {
      node: make('label', {}, caption, input),
      isEmpty: () => input.value === '',
      value: () => field.k === 'anyType' ? input.value : escape(input.value),
      xml(ns) {
        if (field.k === 'anyType') return input.value;
        return element(field, ns, '', escape(input.value));
      }
    };
  }

  /* What stands inside an element of a type. */
  function inside(type, depth) {
    const node = make('div');
    let parts = [];
    if (type.c) {
      const select = make('select', {}, make('option', { value: '', textContent: '' }),
        ...type.f.map((f, i) => make('option', { value: i, textContent: f.n || 'group ' + (i + 1) })));
      const place = make('div');
      select.addEventListener('change', () => {
        parts = select.value === '' ? [] : [one(type.f[select.value], depth)];
        place.replaceChildren(...parts.map((p) => p.node));
      });
      node.append(make('label', {}, make('span', { textContent: 'one of' }), select), place);
    } else {
      parts = type.f.map((f) => editor(f, depth));
      node.append(...parts.map((p) => p.node));
    }
    return {
      node,
      isEmpty: () => parts.every((p) => p.isEmpty()),
      attributes: () => parts.map((p) => p.attributes ? p.attributes() : '').join(''),
      xml: (ns) => parts.map((p) => p.xml(ns)).join('')
    };
  }

  function struct(field, depth) {
    const content = inside(model.types[field.t], depth + 1);
    if (field.g) return content;
    return {
      node: make('fieldset', {}, make('legend', { textContent: field.n }), content.node),
      isEmpty: () => content.isEmpty(),
      xml: (ns) => element(field, ns, content.attributes(), content.xml(field.ns))
    };
  }

  function one(field, depth) {
    return field.t === undefined ? simple(field) : struct(field, depth);
  }

  /* An element that may come any number of times, or is only made on demand. */
  function many(field, depth) {
    const place = make('div');
    let items = [];
    const add = button('Add ' + (field.n || 'item'), () => {
      const item = one(field, depth);
      const row = make('div', {}, item.node, button('Remove', () => {
        items = items.filter((i) => i !== item);
        row.remove();
        add.hidden = false;
      }));
      items.push(item);
      place.append(row);
      add.hidden = !field.r;
    });
    return {
      node: make('div', {}, place, add),
      isEmpty: () => items.length === 0,
      xml: (ns) => items.map((i) => i.xml(ns)).join('')
    };
  }

  function editor(field, depth) {
    if ((field.r && !field.l) || (field.t !== undefined && (field.o || depth > 6)))
      return many(field, depth);
    const item = one(field, depth);
    if (field.a)
      return {
        node: item.node, isEmpty: item.isEmpty, xml: () => '',
        attributes: () => item.isEmpty() ? '' : ' ' + field.n + '="' + item.value() + '"'
      };
    if (field.x)
      return { node: item.node, isEmpty: item.isEmpty, xml: () => item.value() };
    if (field.t !== undefined) return item;
    return {
      node: item.node, isEmpty: item.isEmpty,
      xml: (ns) => item.isEmpty() && field.o ? '' : item.xml(ns)
    };
  }

  function envelope(body) {
    return '<s:Envelope xmlns:s="' + SOAP + '"><s:Body>' + body + '</s:Body></s:Envelope>';
  }

  function indented(node, depth) {
    const pad = '  '.repeat(depth);
    if (node.children.length === 0)
      return pad + new XMLSerializer().serializeToString(node) + '\n';
    const tag = new XMLSerializer().serializeToString(node.cloneNode(false)).replace(/\/>$|><\/.*$/, '>');
    return pad + tag + '\n' + Array.from(node.children, (c) => indented(c, depth + 1)).join('') +
      pad + '</' + node.nodeName + '>\n';
  }

  function values(root) {
    const list = make('dl');
    const leaves = Array.from(root.querySelectorAll('*')).filter((n) => n.children.length === 0);
    for (const leaf of leaves.slice(0, 100))
      list.append(make('dt', { textContent: leaf.localName }),
        make('dd', { textContent: leaf.textContent }));
    return list;
  }

  function show(place, status, failed, text) {
    const xml = new DOMParser().parseFromString(text, 'text/xml');
    const body = xml.getElementsByTagNameNS(SOAP, 'Body')[0];
    const whole = body ? indented(xml.documentElement, 0) : text;
    place.replaceChildren(
      make('p', { className: failed ? 'failed' : 'good', textContent: status }),
      body ? values(body) : '',
      whole ? make('pre', { textContent: whole }) : '');
  }

  async function send(operation, body, place) {
    place.replaceChildren('...');
    try {
      const reply = await fetch(location.pathname, {
        method: 'POST',
        headers: {
          'Content-Type': 'text/xml; charset=utf-8',
          SOAPAction: '"' + operation.action + '"'
        },
        body: envelope(body)
      });
      show(place, reply.status + ' ' + reply.statusText, !reply.ok, await reply.text());
    } catch (error) {
      show(place, String(error), true, '');
    }
  }

  function fill(operation, place) {
    const input = operation.in ? one(operation.in, 0) : null;
    const reply = make('div', { className: 'reply' });
    const request = make('pre', { hidden: true });
    const body = () => input ? input.xml('') : '';
    const form = make('form', {}, input ? input.node : '',
      make('button', { type: 'submit', textContent: 'Send' }),
      button('Show request', () => {
        request.textContent = envelope(body());
        request.hidden = false;
      }), request, reply);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      send(operation, body(), reply);
    });
    place.append(form);
  }

  for (const place of document.querySelectorAll('details.operation'))
    place.addEventListener('toggle', () => {
      if (place.open && !place.querySelector('form'))
        fill(model.operations[place.dataset.operation], place);
    });
})();
