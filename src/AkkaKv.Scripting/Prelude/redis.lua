-- The libraries that Redis adds, and the sealing of everything that scripts can reach.
local box = ...
local host, base, text, raising, protect = box.host, box.base, box.text, box.raising, box.protect
local error, setmetatable, type, select = error, setmetatable, type, select
local concat = table.concat
local call, protected_call = host.call, host.pcall

local redis = {}
redis.call = function(...)
    local reply, raised = call(...)
    if raised then
        error(raised, 0)
    end
    return reply
end
redis.pcall = function(...)
    local reply, raised = protected_call(...)
    return raised or reply
end

local function fail(message)
    error({ err = "ERR " .. message }, 0)
end
local function single_field(name)
    return function(...)
        local value = ...
        if select("#", ...) ~= 1 or type(value) ~= "string" then
            return { err = "ERR wrong number or type of arguments" }
        end
        if name == "err" then
            return { err = host.error_text(value) }
        end
        return { [name] = value }
    end
end
redis.error_reply = single_field("err")
redis.status_reply = single_field("ok")
redis.sha1hex = function(...)
    if select("#", ...) ~= 1 then
        fail("wrong number of arguments")
    end
    return host.sha1hex(text((...)))
end
redis.log = function(...)
    local level = ...
    if select("#", ...) < 2 then
        fail("redis.log() requires two arguments or more.")
    end
    if type(level) ~= "number" then
        fail("First argument must be a number (log level).")
    end
    level = box.whole(level)
    if level < 0 or level > 3 then
        fail("Invalid debug level.")
    end
    local parts = {}
    for i = 2, select("#", ...) do
        local part = text((select(i, ...)))
        if type(part) == "string" then
            parts[#parts + 1] = part
        end
    end
    host.log(level, concat(parts, " "))
end
redis.setresp = function(...)
    local version = ...
    if select("#", ...) ~= 1 then
        fail("redis.setresp() requires one argument.")
    end
    version = box.whole(base.tonumber(version))
    if version ~= 2 and version ~= 3 then
        fail("RESP version must be 2 or 3.")
    end
    host.setresp(version)
end
redis.set_repl = function(...)
    if select("#", ...) ~= 1 then
        fail("redis.set_repl() requires one argument.")
    end
    local flags = box.whole(base.tonumber((...)) or 0)
    if flags < 0 or flags > 3 then
        fail("Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.")
    end
    host.set_repl(flags)
end
redis.replicate_commands = function() return true end
redis.breakpoint = function() return false end
redis.debug = function() end
redis.acl_check_cmd = function(...)
    local allowed, message = host.acl_check_cmd(...)
    if message then
        error(message, 0)
    end
    return allowed
end
redis.REPL_NONE, redis.REPL_AOF, redis.REPL_SLAVE, redis.REPL_REPLICA, redis.REPL_ALL = 0.0, 1.0, 2.0, 2.0, 3.0
redis.LOG_DEBUG, redis.LOG_VERBOSE, redis.LOG_NOTICE, redis.LOG_WARNING = 0.0, 1.0, 2.0, 3.0
redis.REDIS_VERSION, redis.REDIS_VERSION_NUM = box.version, box.version_number
base.redis = redis

for _, name in ipairs({ "cjson", "cmsgpack", "struct" }) do
    local library = {}
    for key, value in pairs(host[name] or {}) do
        library[key] = type(value) == "function" and raising(value) or value
    end
    base[name] = library
end
base.cjson.new = function()
    local copy = {}
    for key, value in pairs(base.cjson) do
        copy[key] = value
    end
    return copy
end

-- Everything is sealed; only what the running script gets (KEYS, ARGV) is set, by the host, behind the front.
local globals = {}
for name, value in pairs(base) do
    globals[name] = type(value) == "table" and protect(value) or value
end
local function missing(_, name)
    error("Script attempted to access nonexistent global variable '" .. tostring(text(name)) .. "'", 2)
end
setmetatable(globals, { __index = missing })
local front = protect(globals)
globals._G = front
local globals_metatable = protect({ __index = missing })
function box.metatable_of(value)
    if value == front then
        return globals_metatable
    end
end
-- What scripts see as the metatable of strings.
box.string_metatable = protect({ __index = globals.string })

-- Messages call functions of the C libraries by these names.
local names = {}
for _, library in pairs({ _G, string, table, math, coroutine }) do
    for name, value in pairs(library) do
        if type(value) == "function" then
            names[name] = value
        end
    end
end
box.names = { _G = names }

-- While a library is loaded there is little: it registers its functions and may log.
local at_load = setmetatable({
    register_function = function(...)
        local message = host.register_function(...)
        if message then
            fail(message)
        end
    end,
    log = redis.log,
    LOG_DEBUG = redis.LOG_DEBUG,
    LOG_VERBOSE = redis.LOG_VERBOSE,
    LOG_NOTICE = redis.LOG_NOTICE,
    LOG_WARNING = redis.LOG_WARNING,
    REDIS_VERSION = redis.REDIS_VERSION,
    REDIS_VERSION_NUM = redis.REDIS_VERSION_NUM,
}, { __index = missing })
local globals_at_load = setmetatable({ redis = protect(at_load) }, { __index = missing })
local front_metatable = getmetatable(front)
function box.begin_load()
    front_metatable.__index = globals_at_load
end
function box.end_load()
    front_metatable.__index = globals
end
box.globals, box.front = globals, front
