error('x')
----
error({err='My e'})
----
return redis.call()
----
return redis.call({})
----
local x = nil; return 'a'..x
----
foo bar
----
return 'a' ..
----
local x = = 2
----
return loadstring('x=')
----
local a,b = loadstring('x=') return b
----
local a,b = load(function() return nil end) return type(a)
----
end function y()
----
return redis.call('eval','return 1',0)
----
return {redis.pcall('get')}
----
local e=redis.pcall('get') local t={} for k,v in pairs(e) do t[#t+1]=k..'='..tostring(v) end table.sort(t) return t
----
local s,e=pcall(redis.call,'get') return {tostring(s), type(e), e}
----
local s,e=pcall(function() error('hi') end)  return {type(e),e}
----
return redis.status_reply('FINE')
----
return {redis.error_reply('FINE x'), redis.error_reply('-FINE x'), redis.error_reply('single'), redis.error_reply('-single'), redis.error_reply(''), redis.error_reply('a b\r\n c')}
----
return redis.error_reply(1)
----
return redis.error_reply('FINE','b')
----
return {redis.sha1hex(''), redis.sha1hex('abc'), redis.sha1hex(5)}
----
return redis.sha1hex()
----
return redis.log(1)
----
return redis.log(9,'x')
----
return redis.log('x','x')
----
return redis.setresp(4)
----
return redis.setresp()
----
return redis.set_repl(9)
----
return redis.replicate_commands()
----
return redis.breakpoint()
----
return redis.debug('a')
----
return redis.acl_check_cmd('get','x')
----
return redis.acl_check_cmd('xget','x')
----
return {1,2,nil,4}
----
return {1.9,'a',true,false,{ok='x'},{err='x y'},-1.5, 1e300, -1e300, 0/0}
----
return {double=1.5}
----
return {map={a=1}}
----
return {set={a=true}}
----
return {big_number='12345678901234567890'}
----
return {verbatim_string={format='txt',string='abc'}}
----
redis.setresp(3) return {true, false, {double=1.5}, {map={a=1}}, {set={a=true}}, {big_number='123\r\n'}, {verbatim_string={format='txt',string='abc'}}}
----
return string.format('%d %s %5.2f %q', 3.7, 5, 1.5, 'a\nb')
----
return string.format('%s', true)
----
return {string.format('%5s|%-5s|%05d|%+d|%x|%X|%o|%c|%e|%g|%G|%%', 'ab', 'cd', 42, 7, 255, 255, 8, 65, 12345.678, 0.0001, 1e20)}
----
return {string.format('%i %u', 3.9, 7), string.format('%5.1s|', 'abc'), string.format('%.3d', 5), string.format('%10.4f', math.pi)}
----
return tostring(1e15)..' '..tostring(2^53)..' '..10/2 ..' '..1e14 ..' '..123456789012345
----
return {string.rep('x',2.7), ('abc'):sub(1.9), ('abc'):byte(1.5)}
----
return {tostring(1/0), tostring(-1/0), tostring(5), tostring(5.5), tostring(1e100), tostring(0.1), tostring(1/3), tostring(100), tostring(-7), tostring(1e-7)}
----
math.randomseed(42) return {tostring(math.random()), math.random(1000), math.random(1000000)}
----
math.randomseed(-3.7) return {tostring(math.random()), math.random(1000), math.random(1000000)}
----
return tostring(getmetatable('').__index==string)
----
local a,b=pcall(function() getmetatable('').__index=nil end) return {tostring(a),b}
----
local a,b=pcall(function() setmetatable(_G,{}) end) return {tostring(a),b}
----
local a,b=pcall(function() rawset(_G,'x',1) end) return {tostring(a),b}
----
return x
----
x=1
----
redis.x=1
----
return redis.x
----
return {err='foo bar'}
----
return redis.call('nosuch')
----
return redis.call('get')
----
assert(false,'m')
----
assert(nil)
----
assert(false,{err='x y'})
----
return {assert(1,2,3)}
----
local t = nil; t.x = 1
----
local t = {}; t.x.y = 1
----
local t = {}; t.x()
----
local t = {}; t:x()
----
foo()
----
return 1 + {}
----
local a = {} return a + 1
----
return {} < {}
----
return 1 < 'a'
----
return #nil
----
return nil .. 'x'
----
local t=setmetatable({},{__index=function(t,k) return k end}) return t.abc
----
return redis.call('set',KEYS[1],'v',1.5)
----
redis.call('set',KEYS[1],1.5) redis.call('set',KEYS[2], 1e20) local a = redis.call('get',KEYS[2]) redis.call('set',KEYS[2],0.1) return {redis.call('get',KEYS[1]),a,redis.call('get',KEYS[2])}
----
return redis.call('set',KEYS[1],true)
----
return loadstring('return 5')()
----
local a,b=loadstring('return +','=foo') return b
----
local a,b=loadstring('return +','foo') return b
----
local a,b=loadstring('return 1\nreturn +') return b
----
local a,b=loadstring('local a = [[x') return b
----
local a,b=loadstring('local a = "x') return b
----
local a,b=loadstring('local a = "\\300"') return b
----
local a,b=loadstring('local a = 1x') return b
----
local a,b=loadstring('for i in do end') return b
----
local a,b=loadstring('for i=1 do end') return b
----
local a,b=loadstring('for 1 do end') return b
----
local a,b=loadstring('if x then') return b
----
local a,b=loadstring('if x then\n\n') return b
----
local a,b=loadstring('function f(') return b
----
local a,b=loadstring('f(') return b
----
local a,b=loadstring('break') return b
----
local a,b=loadstring('return ...') return type(a)
----
local a,b=loadstring('function f() return ... end') return b
----
local a,b=loadstring('a.b:c = 1') return b
----
local a,b=loadstring('f() = 1') return b
----
local a,b=loadstring('x = }') return b
----
local a,b=loadstring('x = 1 // 2') return b
----
local a,b=loadstring('x = 1 & 2') return b
----
local a,b=loadstring('goto x') return b
----
local a,b=loadstring('::x::') return b
----
local a,b=loadstring('local x <const> = 1') return b
----
local a,b=loadstring('x = ~1') return b
----
local a,b=loadstring(';') return b
----
local a,b=loadstring('f\n(1)') return b
----
local a,b=loadstring('x = [[a [[b]] c]]') return b
----
local goto = 5 local t = {goto=1} return {goto, t.goto}
----
return {pcall(error,'x')}
----
return {pcall(error)}
----
return tostring(pcall(error,{1}))
----
return redis.log(1,'a','b',1,nil,true)
----
return string.format('%5.1f|%x|%s', 'a', 1, 1)
----
return string.format('%d')
----
return table.concat({1,2,{}},',')
----
return table.concat({1,2,3.5},',')
----
return {table.concat({},','), table.concat({'a','b','c'},', ',2,3), table.concat({1,2,3})}
----
return {unpack({1,2,3})}
----
return {unpack({1,2,3},2,3)}
----
return {table.getn({1,2,3}), table.maxn({1,2,[10]=3}), #{1,2,3}, select('#',1,nil,3)}
----
local t={} table.insert(t,'a') table.insert(t,1,'b') table.insert(t,5,'z') return {t[1],t[2],t[5],#t}
----
local t={1,2,3} return {table.remove(t), table.remove(t,1), #t, tostring(table.remove({})), tostring(table.remove({1},5))}
----
local t={3,1,2} table.sort(t) return t
----
local t={3,1,2} table.sort(t,function(a,b) return a>b end) return t
----
local t={'b','a',1} table.sort(t) return t
----
local r={} table.foreach({a=1},function(k,v) r[#r+1]=k..v end) table.foreachi({5,6},function(i,v) r[#r+1]=i..':'..v end) return r
----
return table.setn({},5)
----
return {math.floor(3.7), math.ceil(3.2), math.floor(-3.5), math.ceil(-3.5), math.abs(-4), math.max(1,5,3), math.min(4,2), math.fmod(7,3), math.mod(7,3), math.pow(2,10)}
----
return {tostring(math.sqrt(2)), tostring(math.log(10)), tostring(math.log10(1000)), tostring(math.exp(1)), tostring(math.sin(1)), tostring(math.atan2(1,2)), tostring(math.cosh(1)), tostring(math.sinh(1)), tostring(math.tanh(1)), tostring(math.pi), tostring(math.huge), tostring(math.deg(1)), tostring(math.rad(90))}
----
local a,b = math.modf(3.7) local c,d = math.frexp(10) return {tostring(a),tostring(b),tostring(c),tostring(d),tostring(math.ldexp(0.5,4)), tostring(math.modf(-3.2))}
----
return {7 % 3, -7 % 3, 7 % -3, tostring(5.5 % 2), tostring(2^0.5), 7/2, tostring(7/2), -7/2}
----
return {tostring(1e308*10), tostring(-(0/0)) == tostring(0/0), tostring(5 % 0) ~= nil}
----
return {tonumber('10'), tonumber('0x10'), tonumber('  12  '), tostring(tonumber('1e2')), tostring(tonumber('abc')), tonumber('ff',16), tonumber('777',8), tostring(tonumber('9',8)), tonumber('zz',36), tostring(tonumber('')), tostring(tonumber(nil)), tostring(tonumber('1 2')), tostring(tonumber('5.5'))}
----
return tonumber()
----
return {('abc'):upper(), ('ABC'):lower(), ('abc'):len(), ('abc'):reverse(), ('abc'):rep(3), ('abc'):sub(2), ('abc'):sub(-2,-1), #'abc'}
----
return {string.len(12345), string.sub(12345,2,3), string.upper(1.5), string.rep(7,3), string.byte(1), (123):rep(1)}
----
return {string.len(12345), string.sub(12345,2,3), string.upper(1.5), string.rep(7,3), string.byte(1)}
----
return {string.find('hello world','o w'), string.find('hello','l+'), string.find('a.b','.',1,true), string.find('abc','b',-1)}
----
return {string.match('key=val','(%w+)=(%w+)'), string.match('2024-01-02','(%d+)-(%d+)-(%d+)')}
----
local r={} for w in string.gmatch('one two three','%a+') do r[#r+1]=w end for k,v in string.gfind('a=1,b=2','(%w)=(%w)') do r[#r+1]=k..v end return r
----
return {string.gsub('hello world','o','0'), string.gsub('hello','l','%%'), string.gsub('abc','%w','%0%0'), string.gsub('abc','(a)(b)','%2%1'), string.gsub('abc','b',{b='X'}), string.gsub('abc','b',{b=5}), string.gsub('abc','.',function(c) return c=='b' and 7 or nil end), string.gsub('aaa','a','b',2), string.gsub('a.b','%.','%-')}
----
return {string.char(72,105), string.byte('abc',1,3)}
----
return string.char(256)
----
return string.rep()
----
return string.rep('x')
----
return string.sub()
----
return string.sub('x','y')
----
return string.gsub('x','(','y')
----
return string.gsub('x','x',true)
----
return {bit.band(12,10), bit.bor(12,10), bit.bxor(12,10), bit.bnot(0), bit.lshift(1,31), bit.rshift(-1,28), bit.arshift(-16,2), bit.rol(0x12345678,8), bit.ror(0x12345678,8), bit.bswap(0x12345678), bit.tobit(0xffffffff), bit.tobit(2^40+3), bit.tobit(3.5), bit.tobit(-1.5), bit.tohex(255), bit.tohex(255,4), bit.tohex(-1,-8), bit.tohex(1,0)}
----
return bit.band()
----
return bit.band('a')
----
local t = {} for i=1,5 do t[#t+1] = i*2 end return t
----
local t = {} for i=10,1,-3 do t[#t+1] = i..'' end return t
----
local t = {} for i=1,2,0.5 do t[#t+1] = i..'' end return t
----
local function f(...) local n = select('#',...) return n, ... end return {f(1,nil,3)}
----
local function f(...) return arg.n, arg[1], arg[2] end return {f('a','b')}
----
local function f(...) local a = ... return tostring(arg) end return {f('a','b')}
----
local co = coroutine.create(function(a) local b = coroutine.yield(a+1) return b*2 end) local _,x = coroutine.resume(co,1) local _,y = coroutine.resume(co,10) return {x,y,coroutine.status(co), tostring(coroutine.resume(co))}
----
local w = coroutine.wrap(function() for i=1,3 do coroutine.yield(i) end end) return {w(),w(),w()}
----
local co = coroutine.create(function() return redis.call('set',KEYS[1],'from coroutine') end) local ok,r = coroutine.resume(co) return {tostring(ok), r, redis.call('get',KEYS[1])}
----
return {type(KEYS), #KEYS, KEYS[1], KEYS[2], #ARGV, ARGV[1], ARGV[2]}
----
KEYS[1] = 'changed' ARGV = nil return KEYS[1]
----
local t = setmetatable({},{__concat=function(a,b) return 'cat' end, __tostring=function() return 'ts' end, __call=function(self,x) return x end, __eq=function() return true end, __len=function() return 42 end, __unm=function() return 'neg' end, __add=function(a,b) return 'add' end}) return {t..'x', 'x'..t, tostring(t), t(5), -t, t+1, 1+t}
----
return {'10'+5, '3'*'4', 10 ..20, '0x10'+0, tostring('5'/2), -'2', '2'^3}
----
return 'abc'+1
----
local t = {} t[1.0]='a' t[2]='b' t['3']='c' return {t[1],t[2],tostring(t[3]),t['3']}
----
local t = {} t[nil] = 1
----
local t = {} t[0/0] = 1
----
return {rawequal('a','a') and 1 or 0, rawget({5},1), #rawset({},1,2)}
----
return {next({}) == nil and 1 or 0, next({7})}
----
return {type(nil), type(1), type('a'), type({}), type(print == nil)}
----
return {type(print)}
----
return {tostring(nil), tostring(true)}
----
return tostring()
----
return pairs(nil)
----
return ipairs()
----
for k in pairs(redis) do if k == 'call' then return 'found' end end
----
return {xpcall(function() error('boom') end, function(e) return 'handled '..e end)}
----
return {xpcall(function() return 1,2 end, function(e) return e end)}
----
local ok, e = pcall(function() local x; x() end) return e
----
local ok, e = pcall(function() return {} .. 'x' end) return e
----
local ok, e = pcall(function() local t = {a={}}; return t.a.b.c end) return e
----
local ok, e = pcall(function() return ('x'):nope() end) return e
----
local ok, e = pcall(function() return math.floor('x') end) return e
----
local ok, e = pcall(function() return KEYS.x.y end) return e
----
local up = nil local ok, e = pcall(function() return up.x end) return e
----
local up = nil local ok, e = pcall(function() return up..'x' end) return e
----
local t = {} local ok, e = pcall(function() return t.a..'x' end) return e
----
local t = {} local ok, e = pcall(function() return 'x'..t['b c'] end) return e
----
local ok, e = pcall(error, 'msg', 0) local ok2, e2 = pcall(function() error('msg', 2) end) return {e, e2}
----
error()
----
error(nil)
----
error('a', 0)
----
error('two words', 2)
----
error(42)
----
error({err='CODE with table', other=1})
----
local ok, e = pcall(redis.call, 'incr', 'x', 'y') return e
----
redis.call('set',KEYS[1],'notanumber') local r = redis.pcall('incr',KEYS[1]) return r.err
----
redis.call('set',KEYS[1],'notanumber') return redis.pcall('incr',KEYS[1])
----
redis.call('set',KEYS[1],'notanumber') return redis.call('incr',KEYS[1])
----

local a = 1

error('third line')
----
-- comment
--[[ long
comment ]] return 'after comments'
----
return [==[
long [[string]]
]==]
----
return 'escapes: \65\066\0067 \x41 \q \'"\" \\ end'
----
return "a\
b"
----
return {0x10, 0xff, 1e2, .5 * 4, 3., 5e-1 * 2, 0XA}
----
return (function() return 1,2,3 end)()
----
return {(function() return 1,2,3 end)()}
----
return {((function() return 1,2,3 end)())}
----
do return 'early' end return 'late'
----
local i = 0 while true do i = i + 1 if i > 5 then break end end return i
----
local i = 0 repeat local done = i >= 3 i = i + 1 until done return i
----
local a, b, c = 1, 2 a, b = b, a return {a, b, tostring(c)}
----
local t = {f = function(self, x) return x + self.n end, n = 10} return t:f(5)
----
local t = {} function t.a(x) return x end function t:b(x) return self == t and x end return {t.a(1), t:b(2)}
----
return not nil and 1 or 2
----
return {1 == 1.0 and 1 or 0, '1' == 1 and 1 or 0, 2 > 1 and 1 or 0, 'a' < 'b' and 1 or 0, 1 ~= 2 and 1 or 0}
----
local s = 0 for k, v in pairs({1,2,3,a=4}) do s = s + v end return s
----
local s = '' for i, v in ipairs({'a','b',nil,'d'}) do s = s .. i .. v end return s
----
return {collectgarbage('collect'), type(collectgarbage('count')), type(gcinfo())}
----
return dofile('x')
----
return require
----
return os.time()
----
return {type(os.clock())}
----
return io
----
return debug
----
return _VERSION
----
return redis.REDIS_VERSION .. ' ' .. redis.REDIS_VERSION_NUM
----
return {redis.REPL_ALL, redis.REPL_NONE, redis.REPL_AOF, redis.REPL_SLAVE, redis.REPL_REPLICA, redis.LOG_DEBUG, redis.LOG_WARNING}
----
#!lua
return 1
----
#!lua flags=no-writes
return redis.call("set","a","b")
----
#!lua flags=foo
return 1
----
#!lua name=foo
return 1
----
#!lua bar
return 1
----
#!py
return 1
----
#!lua
----
#!lua flags=no-writes,allow-oom,allow-stale,no-cluster
return redis.call('get', KEYS[1])
----
#!lua flags=allow-cross-slot-keys
return redis.call('set', KEYS[1], 'shebang')
----
return redis.call("subscribe","a")
----
return redis.call("multi")
----
return redis.call("config","get","a*")
----
return redis.call("config","foo")
----
return redis.call("incr","a","b")
----
return redis.call("ping")
----
return redis.call("PING", "hello")
----
return redis.call("echo", "x\r\ny")
----
return redis.call("get", KEYS[2] .. 'none')
----
redis.setresp(3) return redis.call("get", KEYS[2] .. 'none')
----
redis.setresp(3) return {redis.call("get", KEYS[2] .. 'none') == nil and 1 or 0}
----
return {redis.call("mget", KEYS[1], KEYS[2] .. 'none')}
----
return redis.call("mset", KEYS[1], 'a', KEYS[2], 'b')
----
redis.call("set", KEYS[1], 'a') redis.call('incr', KEYS[2] .. 'n') return redis.call('del', KEYS[1])
----
redis.call("select", 3) redis.call("set", KEYS[1], 'in three') return redis.call('get', KEYS[1])
----
redis.set_repl(redis.REPL_NONE) redis.call("set", KEYS[1], 'unseen') redis.set_repl(redis.REPL_ALL) redis.call("set", KEYS[2], 'seen')
----
return redis.call("expire", KEYS[2], 100)
----
redis.call("set", KEYS[2], 'x', 'ex', 100) return redis.call('persist', KEYS[2])
----
redis.call("set", KEYS[2], '1') return redis.call('incrbyfloat', KEYS[2], 0.1)
