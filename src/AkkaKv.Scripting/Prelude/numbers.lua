-- The mathematical library of Lua 5.1 with Redis's random numbers, and the library "bit".
local box = ...
local host = box.host
local error, select, tonumber, type = error, select, tonumber, type
local math, math_type, tointeger = math, math.type, math.tointeger
local floor, format, pack, unpack = math.floor, string.format, string.pack, string.unpack

local library = {}
box.base.math = library
for _, name in ipairs({ "abs", "acos", "asin", "cos", "deg", "exp", "max", "min", "modf", "rad", "sin", "sqrt", "tan", "huge", "pi" }) do
    library[name] = math[name]
end

local function number(value, position, name)
    local result = tonumber(value)
    if not result then
        error("bad argument #" .. position .. " to '" .. name .. "' (number expected, got " .. (value == nil and "no value" or type(value)) .. ")", 3)
    end
    return result + 0.0
end

library.floor = function(x) return floor(number(x, 1, "floor")) + 0.0 end
library.ceil = function(x)
    x = number(x, 1, "ceil")
    return -(floor(-x) + 0.0)
end
library.fmod = function(x, y) return math.fmod(number(x, 1, "fmod"), number(y, 2, "fmod")) end
library.mod = library.fmod
library.pow = function(x, y) return number(x, 1, "pow") ^ number(y, 2, "pow") end
library.log = function(x) return math.log(number(x, 1, "log")) end
library.log10 = function(x) return math.log(number(x, 1, "log10"), 10) end
library.atan = function(x) return math.atan(number(x, 1, "atan")) end
library.atan2 = function(y, x) return math.atan(number(y, 1, "atan2"), number(x, 2, "atan2")) end
library.sinh = function(x) return host.hyperbolic(0, number(x, 1, "sinh")) end
library.cosh = function(x) return host.hyperbolic(1, number(x, 1, "cosh")) end
library.tanh = function(x) return host.hyperbolic(2, number(x, 1, "tanh")) end
library.ldexp = function(m, e) return number(m, 1, "ldexp") * 2.0 ^ box.whole(number(e, 2, "ldexp")) end
library.frexp = function(x)
    x = number(x, 1, "frexp")
    if x == 0 or x ~= x or x == math.huge or x == -math.huge then
        return x, 0
    end
    local bits = unpack("<i8", (pack("<d", x)))
    local exponent = (bits >> 52) & 0x7FF
    if exponent == 0 then
        -- Too small to have an exponent of its own.
        bits = unpack("<i8", (pack("<d", x * 2.0 ^ 54)))
        exponent = ((bits >> 52) & 0x7FF) - 54
    end
    bits = (bits & ~(0x7FF << 52)) | (1022 << 52)
    return unpack("<d", (pack("<i8", bits))), exponent - 1022
end

-- drand48's generator; the same sequence in every run of every script.
library.randomseed = function(value)
    host.seed_random(box.whole(number(value, 1, "randomseed")))
end
library.random = function(...)
    local fraction = (host.random() % 0x7FFFFFFF) / 0x7FFFFFFF
    local count = select("#", ...)
    if count == 0 then
        return fraction
    end
    local low, high = ...
    low = box.whole(number(low, 1, "random"))
    if count == 1 then
        if low < 1 then
            error("bad argument #1 to 'random' (interval is empty)", 2)
        end
        return floor(fraction * low) + 1.0
    end
    if count == 2 then
        high = box.whole(number(high, 2, "random"))
        if low > high then
            error("bad argument #2 to 'random' (interval is empty)", 2)
        end
        return floor(fraction * (high - low + 1)) + low + 0.0
    end
    error("wrong number of arguments", 2)
end

-- The 32 bits of a number, a fraction rounded as the floating-point unit does.
local function bits(given, position, name)
    local value = given
    local integer = tointeger(value)
    if integer and type(value) == "number" and integer < 0x8000000000000 and integer >= -0x8000000000000 then
        return integer & 0xFFFFFFFF
    end
    if type(value) == "string" then
        value = tonumber(value)
    end
    if type(value) ~= "number" then
        error("bad argument #" .. position .. " to '" .. name .. "' (number expected, got " .. (given == nil and "no value" or type(given)) .. ")", 3)
    end
    return (unpack("<I4", (pack("<d", value + 6755399441055744.0))))
end
local function signed(value)
    value = value & 0xFFFFFFFF
    return (value < 0x80000000 and value or value - 0x100000000) + 0.0
end

local bit = {}
box.base.bit = bit
bit.tobit = function(x) return signed(bits(x, 1, "tobit")) end
bit.bnot = function(x) return signed(~bits(x, 1, "bnot")) end
bit.band = function(x, ...)
    local result = bits(x, 1, "band")
    for i = 1, select("#", ...) do
        result = result & bits((select(i, ...)), i + 1, "band")
    end
    return signed(result)
end
bit.bor = function(x, ...)
    local result = bits(x, 1, "bor")
    for i = 1, select("#", ...) do
        result = result | bits((select(i, ...)), i + 1, "bor")
    end
    return signed(result)
end
bit.bxor = function(x, ...)
    local result = bits(x, 1, "bxor")
    for i = 1, select("#", ...) do
        result = result ~ bits((select(i, ...)), i + 1, "bxor")
    end
    return signed(result)
end
bit.lshift = function(x, n) return signed(bits(x, 1, "lshift") << (bits(n, 2, "lshift") & 31)) end
bit.rshift = function(x, n) return signed(bits(x, 1, "rshift") >> (bits(n, 2, "rshift") & 31)) end
bit.arshift = function(x, n)
    local value = tointeger(signed(bits(x, 1, "arshift")))
    return signed(value // (1 << (bits(n, 2, "arshift") & 31)))
end
local function rotate(value, n)
    n = n & 31
    return signed((value << n) | (value >> (32 - n)))
end
bit.rol = function(x, n) return rotate(bits(x, 1, "rol"), bits(n, 2, "rol")) end
bit.ror = function(x, n) return rotate(bits(x, 1, "ror"), 32 - (bits(n, 2, "ror") & 31)) end
bit.bswap = function(x)
    local value = bits(x, 1, "bswap")
    return signed((value << 24) | ((value & 0xFF00) << 8) | ((value >> 8) & 0xFF00) | (value >> 24))
end
bit.tohex = function(x, n)
    local value = bits(x, 1, "tohex")
    local digits = n == nil and 8 or tointeger(signed(bits(n, 2, "tohex")))
    local pattern = "%0" .. "8x"
    if digits < 0 then
        digits, pattern = -digits, "%08X"
    end
    if digits > 8 then
        digits = 8
    end
    return digits == 0 and "" or format(pattern, value):sub(-digits)
end
