-- The table library of Lua 5.1.
local box = ...
local text, whole = box.text, box.whole
local error, next, select, type = error, next, select, type
local math_type = math.type
local concat, insert, remove, sort, unpack = table.concat, table.insert, table.remove, table.sort, table.unpack

local function check_table(t, name)
    if type(t) ~= "table" then
        error("bad argument #1 to '" .. name .. "' (table expected, got " .. (t == nil and "no value" or type(t)) .. ")", 3)
    end
end

local library = {}
box.base.table = library

library.concat = function(t, separator, first, last)
    if type(t) ~= "table" then
        return concat(t)
    end
    first, last = whole(first) or 1, whole(last) or #t
    separator = text(separator) or ""
    if type(first) ~= "number" or type(last) ~= "number" then
        return concat(t, separator, first, last)
    end
    for i = first, last do
        if math_type(t[i]) then
            local copy = {}
            for j = first, last do
                copy[j] = text(t[j])
            end
            t = copy
            break
        end
    end
    for i = first, last do
        local kind = type(t[i])
        if kind ~= "string" then
            error("invalid value (" .. kind .. ") at index " .. text(i) .. " in table for 'concat'", 2)
        end
    end
    return concat(t, separator, first, last)
end
library.foreach = function(t, f)
    check_table(t, "foreach")
    for key, value in next, t do
        local result = f(key, value)
        if result ~= nil then
            return result
        end
    end
end
library.foreachi = function(t, f)
    check_table(t, "foreachi")
    for i = 1, #t do
        local result = f(i, t[i])
        if result ~= nil then
            return result
        end
    end
end
library.getn = function(t)
    check_table(t, "getn")
    return #t
end
library.setn = function(t)
    check_table(t, "setn")
    error("'setn' is obsolete", 2)
end
library.maxn = function(t)
    check_table(t, "maxn")
    local max = 0
    for key in next, t do
        if math_type(key) and key > max then
            max = key
        end
    end
    return max
end
library.insert = function(...)
    local count = select("#", ...)
    if count == 3 then
        local t, position, value = ...
        if type(t) == "table" and math_type(position) then
            position = whole(position)
            local last = #t + 1
            if position > last then
                last = position
            end
            for i = last, position + 1, -1 do
                t[i] = t[i - 1]
            end
            t[position] = value
            return
        end
    elseif count ~= 2 then
        check_table((...), "insert")
        error("wrong number of arguments to 'insert'", 2)
    end
    return insert(...)
end
library.remove = function(t, position)
    if type(t) ~= "table" then
        return remove(t)
    end
    local last = #t
    position = whole(position) or last
    if position < 1 or position > last then
        return
    end
    return remove(t, position)
end
library.sort = sort
