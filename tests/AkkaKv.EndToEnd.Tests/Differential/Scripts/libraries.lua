return cjson.encode({2^53, 1/3, 'a/b"\\\1\127é', {}, {a=1}, true, cjson.null, 1e20, 100000000000000, 123456789012345, -0.5, 1e-7})
----
return cjson.encode('\b\f\n\r\t\0')
----
return {cjson.encode(nil), cjson.encode(true), cjson.encode(5), cjson.encode('x'), cjson.encode({1,2,nil,4}), cjson.encode({[1]=1,[3]=3})}
----
return cjson.encode({[5]='a', x=nil, [3]='b'})
----
return cjson.decode('[1, 2')
----
return cjson.decode('{"a":1}').a
----
return cjson.decode(5)
----
return cjson.encode(function() end)
----
return cjson.encode({[1]=1,[1000]=2})
----
return cjson.encode({[1]=1,[10]=2})
----
return cjson.encode({[true]=1})
----
return cjson.encode(1/0)
----
return cjson.encode()
----
return cjson.encode(1,2)
----
return cjson.decode('')
----
return cjson.decode()
----
return cjson.decode({})
----
return cjson.decode('{"a" 1}')
----
return cjson.decode('{1:2}')
----
return cjson.decode('{"a":1,}')
----
return cjson.decode('{"a":1 "b":2}')
----
return cjson.decode('[1 2]')
----
return cjson.decode('[1] x')
----
return cjson.decode('"abc')
----
return cjson.decode('"a\\qb"')
----
return cjson.decode('"a\\u12"')
----
return cjson.decode('tru')
----
return cjson.decode('-')
----
return cjson.decode('[}')
----
return cjson.decode('\0\0')
----
local t = cjson.decode('[1, -2.5, 1e3, "a\\u00e9\\n\\"\\/", true, false, null, {"x": [1,2,{"y":"z"}]}, [], {}]') return {t[1], tostring(t[2]), t[3], t[4], tostring(t[5]), tostring(t[6]), tostring(t[7]), t[8].x[3].y, #t[9], t[7] == cjson.null and 1 or 0}
----
return {cjson.decode('"\\ud83d\\ude00"'), tostring(cjson.decode('0x1F')), tostring(cjson.decode('inf')), tostring(cjson.decode('-Infinity')), tostring(cjson.decode('007')), tostring(cjson.decode('1.')), tostring(cjson.decode('12345678901234567890'))}
----
return cjson.decode('"\\ud83d"')
----
return cjson.decode('01x')
----
return {cjson.encode_max_depth(), cjson.encode_number_precision(), tostring(cjson.encode_invalid_numbers()), tostring(cjson.decode_invalid_numbers()), cjson.decode_max_depth(), tostring(cjson.encode_keep_buffer()), cjson.encode_sparse_array()}
----
local function nest(n) local t = {} for i=1,n do t = {t} end return t end return {#cjson.encode(nest(999)), tostring(pcall(cjson.encode, nest(1000))), select(2, pcall(cjson.encode, nest(1000)))}
----
local ok, e = pcall(cjson.decode, string.rep('[', 1001)) return e
----
local ok, e = pcall(function() cjson.encode_max_depth(0) end) return e
----
local ok, e = pcall(function() cjson.encode_number_precision(15) end) return e
----
local ok, e = pcall(function() cjson.encode_sparse_array('x') end) return e
----
cjson.encode_number_precision(3) local r = cjson.encode({3.14159, 12345.678}) cjson.encode_number_precision(14) return r
----
cjson.encode_sparse_array(true) local r = cjson.encode({[1]=1,[1000]=2}) cjson.encode_sparse_array(false) return #r
----
cjson.encode_invalid_numbers('null') local r = cjson.encode({1/0, 0/0}) cjson.encode_invalid_numbers(false) return r
----
return tostring(cjson.null)
----
return {cjson._NAME, cjson._VERSION, cmsgpack._NAME, cmsgpack._VERSION}
----
return cmsgpack.pack()
----
return {cmsgpack.pack(1), cmsgpack.pack(-1), cmsgpack.pack(127,128,255,256,65535,65536,4294967295,4294967296,2^53), cmsgpack.pack(-32,-33,-128,-129,-32768,-32769,-2147483648,-2147483649,-2^53)}
----
return {cmsgpack.pack(1.5), cmsgpack.pack(0.1), cmsgpack.pack(1/0), cmsgpack.pack(true,false,nil), cmsgpack.pack('abc'), cmsgpack.pack(string.rep('x',31)), cmsgpack.pack(string.rep('x',32)), #cmsgpack.pack(string.rep('x',256)), #cmsgpack.pack(string.rep('x',70000))}
----
return {cmsgpack.pack({}), cmsgpack.pack({1,2,3}), cmsgpack.pack({a=1}), cmsgpack.pack({[2]=1}), cmsgpack.pack({{{}}}), cmsgpack.pack({1,nil,3}), cmsgpack.pack(function() end)}
----
local t = {} for i=1,20 do t = {t} end return cmsgpack.pack(t)
----
local t = {} for i=1,20 do t[i] = i end return cmsgpack.pack(t)
----
return {cmsgpack.unpack(cmsgpack.pack(1,'a',true,{1,2},nil,2.5,-7))}
----
local t = cmsgpack.unpack(cmsgpack.pack({a={1,2,{b='c'}}, [5]='five'})) return {t.a[3].b, t[5]}
----
return {cmsgpack.unpack('\193')}
----
return cmsgpack.unpack('\147\1')
----
return cmsgpack.unpack('\217\5ab')
----
return cmsgpack.unpack()
----
return cmsgpack.unpack_limit('abc',1,-1)
----
return cmsgpack.unpack_one('abc',5)
----
return {cmsgpack.unpack_one('\1\2\3',1)}
----
return {cmsgpack.unpack_one('\1\2\3')}
----
return {cmsgpack.unpack_one('\1')}
----
return {cmsgpack.unpack_limit('\1\2\3',2)}
----
return {cmsgpack.unpack_limit('\1\2\3',5,1)}
----
return {cmsgpack.unpack('')}
----
return {cmsgpack.unpack('\202\63\192\0\0'), tostring(cmsgpack.unpack('\203\63\248\0\0\0\0\0\0')), cmsgpack.unpack('\208\255'), cmsgpack.unpack('\209\255\0'), cmsgpack.unpack('\210\255\255\255\0'), cmsgpack.unpack('\211\255\255\255\255\255\255\255\0'), cmsgpack.unpack('\207\0\0\0\0\0\0\1\0')}
----
return {struct.pack('x'), struct.pack('b',-1), struct.pack('>h',258), struct.pack('<h',258), struct.pack('>I4',1), struct.pack('>l',1), struct.pack('<d',1.5), struct.pack('>f',1.5), struct.pack('s','abc'), struct.pack('c2','abc'), struct.pack('c0','abc'), struct.pack('>i3',-2), struct.pack('i8', 1), struct.pack('>i8', -1)}
----
return struct.unpack('>I4','ab')
----
return struct.pack('q',1)
----
return {struct.size('>I2bbd'), struct.size('!8bd'), struct.size('!4bdi'), struct.size('!2bhb')}
----
return {struct.pack('!16i',1), struct.pack('!4bi',1,2), struct.pack('! b d',1,2)}
----
return struct.pack('!3i',1)
----
return struct.pack('i33',1)
----
return struct.size('s')
----
return struct.size('c0')
----
return struct.pack('i','x')
----
return struct.pack('i', nil)
----
return struct.pack('c5','abc')
----
return {struct.unpack('>hHbB',struct.pack('>hHbB',-5,60000,-1,255))}
----
return {struct.unpack('s','abc\0def')}
----
return struct.unpack('s','abc')
----
return {struct.unpack('bc0','\3abcdef')}
----
return struct.unpack('c0','abc')
----
return {struct.unpack('>I2','abcdef',3)}
----
return struct.unpack('>I2','abcdef',0)
----
local a, b, c = struct.unpack('<dfl', struct.pack('<dfl', 1.5, 2.5, -3)) return {tostring(a), tostring(b), c}
----
return struct.unpack('i', 5)
----
return {bit.tohex(bit.band(0xdeadbeef, 0xffff0000)), bit.lshift(1,33), bit.rshift(0x80000000,31), bit.bxor(1,2,4), bit.bor('1','2')}
