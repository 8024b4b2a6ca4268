-- The base library as Lua 5.1 and Redis have it. Runs once in a fresh state of Lua 5.4, before any script; "box" is shared by the files of the prelude.
local box = ...
local host = box.host

local assert, error, getmetatable, next, pcall, rawget, rawset, rawlen = assert, error, getmetatable, next, pcall, rawget, rawset, rawlen
local select, setmetatable, tonumber, tostring, type, xpcall = select, setmetatable, tonumber, tostring, type, xpcall
local collectgarbage, rawequal, ipairs = collectgarbage, rawequal, ipairs
local unpack, concat = table.unpack, table.concat
local find, format, gsub, match, lower = string.find, string.format, string.gsub, string.match, string.lower
local math_type, tointeger, ceil, floor = math.type, math.tointeger, math.ceil, math.floor
local getinfo = debug.getinfo
local coroutine = coroutine

local READONLY = "Attempt to modify a readonly table"
local PRELUDE = "=[redis]"

-- Numbers as Lua 5.1 writes them.
local function text(value)
    if math_type(value) then
        return format("%.14g", value)
    end
    return value
end
box.text = text

-- A number where a whole one is wanted: 5.1 cuts the fraction off, 5.4 would refuse it.
function box.whole(value)
    if math_type(value) ~= "float" then
        return value
    end
    local whole = tointeger(value)
    if whole then
        return whole
    end
    return tointeger(value < 0 and ceil(value) or floor(value)) or math.mininteger
end

-- An operand of "..", with what it is called.
function box.operand(value, name)
    local kind = type(value)
    if kind == "string" then
        return value
    end
    if kind == "number" then
        return format("%.14g", value)
    end
    if kind == "table" then
        return value
    end
    error(name and format("attempt to concatenate %s (a %s value)", name, kind) or format("attempt to concatenate a %s value", kind), 2)
end

-- The table "arg" of a variadic function.
function box.arguments(...)
    return { n = select("#", ...), ... }
end

box.select = select

-- Messages of the virtual machine in 5.1's order of words.
local function reword(message)
    if type(message) ~= "string" then
        return message
    end
    local before, action, value, name = match(message, "^(.-)attempt to (%l[%l ]-) (an? [%a ]+ value) %((.+)%)$")
    if not action then
        return message
    end
    if find(name, "^constant ") or find(name, "^metamethod ") then
        return before .. "attempt to " .. action .. " " .. value
    end
    return before .. "attempt to " .. action .. " " .. name .. " (" .. value .. ")"
end

-- The first frame at or above a level that is no part of the prelude.
local function script_frame(level)
    level = level + 1
    while true do
        local frame = getinfo(level, "Sl")
        if not frame or frame.source ~= PRELUDE then
            return frame, level
        end
        level = level + 1
    end
end

-- Called where an error is raised, by a function that Lua calls for it: a library function of C that the prelude has called names the script's line,
-- as if the script had called it.
local function at_raise_below(message)
    local rest = type(message) == "string" and match(message, "^%[redis%]:%d+: (.*)$")
    if not rest then
        return reword(message)
    end
    local raiser = getinfo(3, "S")
    local frame = script_frame(raiser and raiser.what == "C" and 4 or 3)
    if frame and frame.currentline > 0 then
        return frame.short_src .. ":" .. text(frame.currentline) .. ": " .. rest
    end
    return rest
end
local function at_raise(message)
    message = at_raise_below(message)
    return message
end

-- Tables that scripts can read but not change: an empty one in front of the real one.
local real_of = setmetatable({}, { __mode = "k" })
local function refuse_change()
    error(READONLY, 2)
end

function box.protect(real)
    local front = setmetatable({}, { __index = real, __newindex = refuse_change })
    real_of[front] = real
    return front
end

local base = {}
box.base = base

base._VERSION = "Lua 5.1"
base.assert = function(...)
    local value, message = ...
    if value or select("#", ...) == 0 then
        return assert(...)
    end
    if message == nil then
        message = "assertion failed!"
    end
    if type(message) == "string" or math_type(message) then
        error(text(message), 2)
    end
    error("bad argument #2 to 'assert' (string expected, got " .. type(message) .. ")", 2)
end
base.error = function(message, level)
    if math_type(message) then
        message = text(message)
    end
    level = level == nil and 1 or box.whole(level)
    error(message, level ~= 0 and level + 1 or 0)
end
base.rawequal = rawequal
base.select = function(index, ...)
    if math_type(index) == "float" then
        index = box.whole(index)
    end
    return select(index, ...)
end
base.type = type

local function protected_next(t, key)
    return next(real_of[t] or t, key)
end
base.next = protected_next
local function wrong_table(name, count, value)
    error("bad argument #1 to '" .. name .. "' (table expected, got " .. (count == 0 and "no value" or type(value)) .. ")", 3)
end
base.ipairs = function(...)
    local t = ...
    if type(t) ~= "table" then
        wrong_table("ipairs", select("#", ...), t)
    end
    return ipairs(t)
end
base.pairs = function(...)
    local t = ...
    if type(t) == "table" then
        if real_of[t] then
            return protected_next, t, nil
        end
        return next, t, nil
    end
    wrong_table("pairs", select("#", ...), t)
end

base.rawget = function(t, key)
    return rawget(real_of[t] or t, key)
end
base.rawset = function(t, key, value)
    if real_of[t] then
        error(READONLY, 0)
    end
    return rawset(t, key, value)
end
base.getmetatable = function(...)
    local value = ...
    if real_of[value] then
        return box.metatable_of(value)
    end
    if type(value) == "string" then
        return box.string_metatable
    end
    return getmetatable(...)
end
base.setmetatable = function(...)
    local t, metatable = ...
    if real_of[t] then
        error(READONLY, 0)
    end
    -- Tables have no finalizers in 5.1; here one would be noted while __gc is set.
    if type(metatable) == "table" and rawget(metatable, "__gc") ~= nil then
        local finalizer = rawget(metatable, "__gc")
        rawset(metatable, "__gc", nil)
        local ok, message = pcall(setmetatable, t, metatable)
        rawset(metatable, "__gc", finalizer)
        if not ok then
            error(message, 2)
        end
        return t
    end
    return setmetatable(...)
end

base.tostring = function(...)
    local value = ...
    if math_type(value) then
        return format("%.14g", value)
    end
    return tostring(...)
end
base.tonumber = function(...)
    local value, radix = ...
    if radix == nil or radix == 10 then
        if type(value) == "number" then
            return value
        end
        if type(value) == "string" then
            local number = tonumber(value)
            if number then
                return number + 0.0
            end
            local sign, word = match(lower(value), "^%s*([+-]?)(%a+)%s*$")
            if word == "inf" or word == "infinity" then
                return sign == "-" and -math.huge or math.huge
            end
            if word == "nan" then
                return sign == "-" and -(0 / 0) or 0 / 0
            end
            return nil
        end
        if select("#", ...) == 0 then
            return tonumber()
        end
        return nil
    end
    local number = tonumber(text(value), box.whole(radix))
    return number and number + 0.0
end

base.unpack = function(t, first, last)
    return unpack(t, box.whole(first), box.whole(last))
end

base.collectgarbage = function(option)
    -- How often garbage is collected is not a script's to decide.
    if option == "count" then
        return collectgarbage("count")
    end
    if option == nil or option == "collect" then
        collectgarbage("collect")
        return 0
    end
    if option == "step" then
        return collectgarbage("step")
    end
    if option == "stop" or option == "restart" or option == "setpause" or option == "setstepmul" then
        return 0
    end
    error("bad argument #1 to 'collectgarbage' (invalid option '" .. tostring(option) .. "')", 2)
end
base.gcinfo = function()
    return floor(collectgarbage("count")) + 0.0
end

local function finish(ok, first, ...)
    if ok then
        return true, first, ...
    end
    if type(first) == "table" and not real_of[first] then
        local message = first.err
        if type(message) == "string" then
            return false, message
        end
        return false, first
    end
    return false, first
end
base.pcall = function(f, ...)
    return finish(xpcall(f, at_raise, ...))
end
base.xpcall = function(f, handler)
    return xpcall(f, function(message)
        message = at_raise_below(message)
        return handler(message)
    end)
end

local function finish_resume(ok, first, ...)
    if ok then
        return true, first, ...
    end
    return false, reword(first)
end
base.coroutine = {
    create = coroutine.create,
    resume = function(...)
        return finish_resume(coroutine.resume(...))
    end,
    running = function()
        local thread, is_main = coroutine.running()
        if not is_main then
            return thread
        end
    end,
    status = coroutine.status,
    wrap = coroutine.wrap,
    yield = coroutine.yield,
}

base.loadstring = function(code, name)
    code = text(code)
    if type(code) ~= "string" then
        error("bad argument #1 to 'loadstring' (string expected, got " .. (code == nil and "no value" or type(code)) .. ")", 2)
    end
    return host.load(code, name or code)
end
base.load = function(reader, name)
    if type(reader) ~= "function" then
        error("bad argument #1 to 'load' (function expected, got " .. (reader == nil and "no value" or type(reader)) .. ")", 2)
    end
    local pieces = {}
    while true do
        local piece = text(reader())
        if piece == nil or piece == "" then
            break
        end
        if type(piece) ~= "string" then
            error("reader function must return a string", 2)
        end
        pieces[#pieces + 1] = piece
    end
    return host.load(concat(pieces), name or "=(load)")
end

-- Where an error happened: the frame of a script, behind at most one C function.
local function frame_of_error()
    local frame, level = script_frame(3)
    if frame and frame.what == "C" then
        frame = script_frame(level)
    end
    return frame
end

-- Makes of whatever was raised the table that the reply is made of.
function box.handler(raised)
    local killed = host.killed()
    local result
    if killed then
        result = { err = killed }
    elseif type(raised) == "table" and not real_of[raised] then
        result = raised
    else
        local message = at_raise_below(text(raised))
        result = { err = "ERR " .. tostring(message) }
    end
    local frame = frame_of_error()
    if frame then
        rawset(result, "source", frame.source)
        rawset(result, "line", frame.currentline)
    end
    return result
end

-- Functions that have to report an error return it first; position as if the script had called C.
local function raise_or_return(message, ...)
    if message then
        error(message, 2)
    end
    return ...
end
function box.raising(f)
    return function(...)
        return raise_or_return(f(...))
    end
end
