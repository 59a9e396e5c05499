-- SPDX-License-Identifier: Apache-2.0
-- For wrk: Add(100, 15.99), every reply checked. Prints one line of JSON.
local envelope = '<?xml version="1.0" encoding="utf-8"?>' ..
  '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"' ..
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' ..
  ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>' ..
  '<Add xmlns="http://Microsoft.ServiceModel.Samples">' ..
  '<n1>100</n1><n2>15.99</n2></Add></soap:Body></soap:Envelope>'
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  right, wrong, first_wrong = 0, 0, ''
  local headers = {
    ['Content-Type'] = 'text/xml; charset=utf-8',
    ['SOAPAction'] = '"http://Microsoft.ServiceModel.Samples/ICalculator/Add"',
  }
  local bytes = wrk.format('POST', nil, headers, envelope)
  request = function() return bytes end
end

function response(status, headers, body)
  local sum = tonumber(body:match('AddResult[^>]*>([^<]*)<'))
  if status == 200 and sum and math.abs(sum - 115.99) < 1e-9 then
    right = right + 1
  else
    wrong = wrong + 1
    if first_wrong == '' then first_wrong = status .. ' ' .. body:sub(1, 200) end
  end
end

function done(summary, latency)
  local right, wrong, first_wrong = 0, 0, ''
  for _, thread in ipairs(threads) do
    right = right + thread:get('right')
    wrong = wrong + thread:get('wrong')
    first_wrong = first_wrong .. thread:get('first_wrong')
  end
  local e = summary.errors
  print(string.format('JSON {"right": %d, "wrong": %d, "errors": %d, ' ..
    '"timeouts": %d, "seconds": %.4f, "p50_us": %.0f, "p99_us": %.0f}',
    right, wrong, e.connect + e.read + e.write + e.status, e.timeout,
    summary.duration / 1e6, latency:percentile(50), latency:percentile(99)))
  if first_wrong ~= '' then print(first_wrong) end
end
