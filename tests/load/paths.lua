-- For wrk: asks for the paths of a file (one a line) in turn, with a cookie if one is given, and prints one line of JSON
-- at the end.
--   wrk ... -s paths.lua URL -- FILE [COOKIE]

local requests = {}
local at = 0

function init(args)
  local headers = args[2] and { Cookie = args[2] } or nil
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
  at = math.random(#requests)
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "us": %d, "bytes": %d, "p50": %d, "p99": %d, "status": %d, "socket": %d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99), e.status,
    e.connect + e.read + e.write + e.timeout))
end
