// SPDX-License-Identifier: Apache-2.0
// What node's soap makes of metadata: URL OPERATION; and calls it.
'use strict';
const soap = require('soap');
const [url, operation] = process.argv.slice(2);

function fail(text) {
  console.error(text);
  process.exit(1);
}

soap.createClientAsync(url).then(async (client) => {
  const text = JSON.stringify(client.describe());
  if (!text.includes('"' + operation + '"')) fail(text);
  if (operation === 'Add') {
    const [result] = await client.AddAsync({ n1: 2, n2: 3 });
    if (Number(result.AddResult) !== 5) fail(JSON.stringify(result));
  } else {
    const [result] = await client.FindAsync({ number: 7 });
    if (result.FindResult.shape !== 'square') fail(JSON.stringify(result));
  }
}).catch((error) => fail(String(error.stack || error)));
