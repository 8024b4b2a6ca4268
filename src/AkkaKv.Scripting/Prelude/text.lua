-- The string library of Lua 5.1.
local box = ...
local text, whole = box.text, box.whole
local error, getmetatable, next, select, tonumber, type = error, getmetatable, next, select, tonumber, type
local math_type, mininteger = math.type, math.mininteger
local string, unpack = string, table.unpack
local byte, char, find, format, gmatch, gsub, match, rep, sub =
    string.byte, string.char, string.find, string.format, string.gmatch, string.gsub, string.match, string.rep, string.sub

local library = {}
box.base.string = library

library.dump = string.dump
library.len = function(s, ...) return string.len(text(s), ...) end
library.lower = function(s, ...) return string.lower(text(s), ...) end
library.upper = function(s, ...) return string.upper(text(s), ...) end
library.reverse = function(s, ...) return string.reverse(text(s), ...) end
library.rep = function(...)
    local s, count = ...
    if count == nil then
        return rep(...)
    end
    return rep(text(s), whole(count))
end
library.sub = function(...)
    local s, first, last = ...
    if first == nil then
        return sub(...)
    end
    return sub(text(s), whole(first), whole(last))
end
library.byte = function(s, first, last) return byte(text(s), whole(first), whole(last)) end
library.find = function(s, pattern, init, plain) return find(text(s), text(pattern), whole(init), plain) end
library.match = function(s, pattern, init) return match(text(s), text(pattern), whole(init)) end
library.gmatch = function(s, pattern) return gmatch(text(s), text(pattern)) end
library.gfind = library.gmatch
library.char = function(...)
    local count = select("#", ...)
    local codes = { ... }
    for i = 1, count do
        local code = whole(codes[i])
        if math_type(code) and (code < 0 or code > 255) then
            error("bad argument #" .. i .. " to 'char' (invalid value)", 2)
        end
        codes[i] = code
    end
    return char(unpack(codes, 1, count))
end

-- In a replacement a "%" before anything but a digit stands for what follows it.
local function plain_escape(c)
    if c == "%" or find(c, "^%d") then
        return nil
    end
    return c
end
library.gsub = function(s, pattern, replacement, count)
    local kind = type(replacement)
    if kind == "string" then
        if find(replacement, "%", 1, true) then
            replacement = gsub(replacement, "%%(.)", plain_escape)
        end
    elseif kind == "function" then
        local f = replacement
        replacement = function(...) return text((f(...))) end
    elseif kind == "table" then
        local t = replacement
        replacement = function(key) return text(t[key]) end
    elseif kind == "number" then
        replacement = text(replacement)
    else
        error("bad argument #3 to 'gsub' (string/function/table expected)", 2)
    end
    return gsub(text(s), text(pattern), replacement, whole(count))
end

-- Arguments of %d and the like are cut to whole numbers; %s takes strings and numbers only.
local function argument_error(number, expected, value)
    return error("bad argument #" .. number .. " to 'format' (" .. expected .. " expected, got " .. (value == nil and "nil" or type(value)) .. ")", 3)
end
local function to_number(value)
    return type(value) == "number" and value or type(value) == "string" and tonumber(value) or nil
end
library.format = function(pattern, ...)
    pattern = text(pattern)
    if type(pattern) ~= "string" then
        return format(pattern, ...)
    end
    local count = select("#", ...)
    local arguments = { ... }
    local number, position = 0, 1
    local has_unsigned = false
    while true do
        local start, finish, conversion = find(pattern, "%%[-+ #0]*%d*%.?%d*(.?)", position)
        if not start then
            break
        end
        position = finish + 1
        if conversion == "%" and finish == start + 1 then
            -- A percent sign.
        else
            number = number + 1
            local value = arguments[number]
            if number > count then
                error("bad argument #" .. (number + 1) .. " to 'format' (no value)", 2)
            end
            if find(conversion, "^[cdiouxX]$") then
                local n = to_number(value)
                if not n then
                    argument_error(number + 1, "number", value)
                end
                arguments[number] = whole(n + 0.0)
                has_unsigned = has_unsigned or conversion == "u"
            elseif find(conversion, "^[eEfgG]$") then
                local n = to_number(value)
                if not n then
                    argument_error(number + 1, "number", value)
                end
                arguments[number] = n + 0.0
            elseif conversion == "s" or conversion == "q" then
                value = text(value)
                if type(value) ~= "string" then
                    argument_error(number + 1, "string", value)
                end
                arguments[number] = value
            else
                error("invalid option '%" .. conversion .. "' to 'format'", 2)
            end
        end
    end
    if has_unsigned then
        pattern = gsub(pattern, "(%%[-+ #0]*%d*%.?%d*)u", "%1d")
    end
    return format(pattern, unpack(arguments, 1, count))
end

-- Arithmetic with strings that read as numbers.
local arithmetic = {
    __add = function(a, b) return a + b end,
    __sub = function(a, b) return a - b end,
    __mul = function(a, b) return a * b end,
    __div = function(a, b) return a / b end,
    __mod = function(a, b) return a % b end,
    __pow = function(a, b) return a ^ b end,
    __unm = function(a) return -a end,
}
local strings = getmetatable("")
for event, operate in next, arithmetic do
    strings[event] = function(a, b)
        local x, y = box.base.tonumber(a), box.base.tonumber(b)
        if x and y then
            return operate(x, y)
        end
        local other = type(a) == "string" and b or a
        local metatable = getmetatable(other)
        if type(other) ~= "string" and type(metatable) == "table" and metatable[event] then
            return metatable[event](a, b)
        end
        error("attempt to perform arithmetic on a " .. type(x and b or a) .. " value", 2)
    end
end

getmetatable("").__index = library
