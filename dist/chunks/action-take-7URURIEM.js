import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{m as N}from"./action-chunk-V2DWF2NH.js";import"./action-chunk-OY4PGYC2.js";import{a as k}from"./action-chunk-BFPBZXOP.js";import"./action-chunk-TVDFPMZX.js";import"./action-chunk-4TDRY5AQ.js";import"./action-chunk-DJPHL4CP.js";import"./action-chunk-2KNQHXTC.js";import"./action-chunk-HGY6HKXM.js";import{a as I}from"./action-chunk-E3N7R7EA.js";import{a as p,b as O}from"./action-chunk-GMZ3FG2B.js";import"./action-chunk-VKJUUNJQ.js";import{mkdtempSync as Te}from"node:fs";import{join as b}from"node:path";function M({results:e},t){let n=e.flatMap(o=>I(o)||o.metric!=="latency"?[]:{name:o.benchmark,count:X(o.data)}),s=n.filter(({name:o})=>o===t||o.startsWith(`${t}[`)),r=(s.length>0?s:n).map(({count:o})=>o);if(!(r.length===0||r.includes(0)))return r.reduce((o,i)=>o+i,0)}function X(e){return e.kind==="scalar"?0:e.count??0}function f(e){return e.slice(0,300).replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g," ")}function u(e){if(!e.startsWith("file://"))return f(e.replaceAll("\\","/"));let t=e.slice(7).replace(/[?#].*$/,"");return f(Z(t).replace(/^\/(?=[A-Za-z]:)/,""))}function Z(e){try{return decodeURIComponent(e)}catch{return e}}function g(e){return e.reduce((t,{nodes:n})=>t+n.reduce((s,{self:r})=>s+r,0),0)}import{spawn as pe}from"node:child_process";import{existsSync as fe,lstatSync as me,readdirSync as ue,readFileSync as q}from"node:fs";import{join as W}from"node:path";import{createInterface as ye}from"node:readline";var F=5e5,A=2e7,Q=4,V=1e3;function _(e){let t=e.get("nodes").list(F,Y),n=ee(e.get("samples").numbers(A),e.get("timeDeltas").numbers(A)),s=[],r=0,o=new Map(t.map(l=>[l.id,l])),i=t[0];if(i===void 0)throw new p("has no node",{place:e.place});let a=new Set,c=[{told:i,parent:-1}];for(let l=c.pop();l!==void 0;l=c.pop()){let{id:d,frame:m,children:B}=l.told;if(a.has(d))continue;a.add(d);let T=n.get(d)??0,E=l.parent;m.name==="(idle)"?r+=T:l.told!==i&&(E=s.push({parent:l.parent,frame:m,self:T})-1);for(let K of B){let P=o.get(K);P!==void 0&&c.push({told:P,parent:E})}}return{nodes:s,idle:r}}function Y(e){return{id:e.get("id").number(),frame:S(e.get("callFrame")),children:e.has("children")?e.get("children").numbers(F):[]}}function S(e){let t=e.get("lineNumber").number(),n=f(e.get("functionName").long()),s=u(e.get("url").long()),r=n===""&&t<=0&&e.get("columnNumber").number()<=0&&s!=="";return{name:n,file:s,line:Math.max(0,Math.trunc(t)+1),...r?{whole:r}:{}}}function ee(e,t){let n=new Map,s=ne(t);for(let r=0;r<e.length;r++){let o=e[r],i=Math.min(Math.max(0,t[r+1]??s),Q*s);n.set(o,(n.get(o)??0)+i*V)}return n}function ne(e){let t=Float64Array.from(e).sort();return Math.max(0,t[t.length>>1]??0)}var $=5e5,R=4096;function L(e){let t=[],n=e.get("head"),s=[{told:n,parent:-1}];for(let r=s.pop();r!==void 0;r=s.pop()){if(t.length>$)throw new p("has too many nodes",{place:e.place});let o=Math.max(0,r.told.get("selfSize").number()),i=r.told===n?-1:t.push({parent:r.parent,frame:S(r.told.get("callFrame")),self:o})-1;for(let a of r.told.get("children").list($,c=>c))s.push({told:a,parent:i})}return{nodes:t,idle:0}}var re=5e5,te=256,oe=/^\S.*\s(\d{1,16})\s+[\w:/.-]+:[\w:]*\s*$/,se=/^\s+[0-9a-f]+\s+(.*)\s+\(([/[].*)\)$/;function v(){let e=[],t=new Map,n=0,s=[],r=()=>{let o=-1;for(let i of s.reverse()){let a=o===-1?t:e[o].calls,c=`${i.name}\0${i.file}`,l=a.get(c);if(l===void 0&&e.length>=re)break;let d=l??e.push({parent:o,frame:i,self:0,calls:new Map})-1;a.set(c,d),o=d}o!==-1&&(e[o].self+=n),s=[],n=0};return{line(o){let i=se.exec(o);if(i!==null){(i[1]!=="[unknown]"||i[2]!=="[unknown]")&&s.length<te&&s.push(ie(i[1],i[2]));return}r(),n=Number(oe.exec(o)?.[1]??0)},stacks(){return r(),{nodes:e.map(({parent:o,frame:i,self:a})=>({parent:o,frame:i,self:a})),idle:0}}}}function ie(e,t){let n=u(t==="[unknown]"?"":t);return{name:e==="[unknown]"?"(unknown)":f(e),file:n,line:0}}import{execFile as ae}from"node:child_process";import{mkdirSync as C,writeFileSync as ce}from"node:fs";import{join as y}from"node:path";import{promisify as le}from"node:util";var D=`'use strict'
;(() => {
  const folder = process.env.TAILGATE_PROFILES
  if (!folder) return
  try {
    const fs = require('fs')
    const { Session } = require('inspector')
    const { isMainThread, threadId } = require('worker_threads')
    const started = String(process.argv[1]).split(/[\\\\/]/).pop()
    if (/^(?:np[mx]|np[mx]-cli|yarn|pnpm|corepack)(?:\\.c?js)?$/.test(started)) return
    if (fs.readdirSync(folder).length >= 400) return
    const session = new Session()
    session.connect()
    const ask = (method, parameters) => {
      let answer
      session.post(method, parameters, (error, result) => { answer = result })
      return answer
    }
    let piece = 0
    const write = (kind, profile) => {
      const file = folder + '/' + process.pid + '-' + threadId + '-' + piece + '.' + kind
      fs.writeFileSync(file + '.part', JSON.stringify(profile))
      fs.renameSync(file + '.part', file)
    }
    const begin = () => {
      ask('Profiler.start')
      ask('HeapProfiler.startSampling', { samplingInterval: 65536 })
    }
    let over = false
    const keep = (again) => {
      if (over) return
      over = !again
      try {
        const processor = ask('Profiler.stop')
        const memory = ask('HeapProfiler.stopSampling')
        if (again) begin()
        write('cpuprofile', processor.profile)
        write('heapprofile', memory.profile)
        piece += 1
      } catch {}
    }
    ask('Profiler.enable')
    ask('Profiler.setSamplingInterval', { interval: 250 })
    begin()
    process.on('exit', () => keep(false))
    if (!isMainThread) setInterval(() => keep(true), 1000).unref()
    else for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
      const onSignal = () => {
        keep(false)
        process.removeListener(name, onSignal)
        if (process.listenerCount(name) === 0) process.kill(process.pid, name)
      }
      process.on(name, onSignal)
    }
  } catch {}
})()
`;function G(e){let t=y(e,"profiles"),n=y(e,"preload.cjs");C(t,{recursive:!0}),ce(n,D);let s=`--require "${n.replaceAll("\\","/").replaceAll('"','\\"')}"`;return{tool:"node",folder:t,line:r=>r,env:({NODE_OPTIONS:r=""})=>({NODE_OPTIONS:`${r} ${s}`.trim(),TAILGATE_PROFILES:t})}}var de=997,h="profile.perf.data";function H(e){C(e,{recursive:!0});let t=J(y(e,h));return{tool:"perf",folder:e,line:n=>`exec perf record --quiet -e cpu-clock -F ${de} -g -o ${t} -- sh -c ${J(n)}`,env:()=>({})}}function J(e){return`'${e.replaceAll("'","'\\''")}'`}async function U(e){let t=y(e,"perf-try.data");try{await le(ae)("perf",["record","--quiet","-e","cpu-clock","-g","-o",t,"--","true"]);return}catch(n){if(n.code==="ENOENT")return"perf is not installed";let{stderr:s=""}=n;return`perf cannot be used: ${(/paranoid/.test(s)?"the kernel forbids it (perf_event_paranoid)":O(n)).split(`
`)[0]}`}}var ke=128*2**20,ge=512*2**20,Se=800,he=2**30;async function j(e,t){if(e.tool==="perf")return xe(W(e.folder,h),t);let n=be(e.folder),s=(r,o)=>n.filter(i=>i.endsWith(r)).flatMap(i=>we(i,o));return{processor:s(".cpuprofile",r=>_(k(q(r,"utf8"),r))),memory:s(".heapprofile",r=>L(k(q(r,"utf8"),r,R))),files:n}}function be(e){let t=ge;return ue(e).filter(n=>/\.(?:cpu|heap)profile$/.test(n)).sort().slice(0,Se).map(n=>W(e,n)).filter(n=>{let s=me(n);return!s.isFile()||s.size>Math.min(ke,t)?!1:(t-=s.size,!0)})}function we(e,t){try{return[t(e)]}catch(n){if(n instanceof p)return[];throw n}}async function xe(e,t){if(!fe(e))return{processor:[],memory:[],files:[]};let s=pe("perf",["script","--no-inline","-i",e,"-F","comm,time,period,event,ip,sym,dso"],{stdio:["ignore","pipe","ignore"],signal:t}),r=new Promise(c=>{s.once("error",()=>c()),s.once("close",()=>c())}),o=v(),i=0;for await(let c of ye({input:s.stdout}))if(o.line(c),i+=c.length,i>he){s.kill();break}await r;let a=o.stacks();return{processor:a.nodes.length===0?[]:[a],memory:[],files:[e]}}var w=5e6,Ee=1e9,Pe=5,Oe=4e3;async function mn(e){let t=Te(b(e.scratch,"profile-")),n=await z(e,o=>G(b(t,o)));if(n.kind==="none"||x(n.sides)>=w)return n;let s=process.platform==="linux"?await U(t):"perf is for Linux";if(s!==void 0)return{kind:"none",reason:`no Node.js process was seen at work, and ${s}`};let r=await z(e,o=>H(b(t,`perf-${o}`)));return r.kind==="none"||x(r.sides)>=w?r:{kind:"none",reason:"its processes hardly used the processor"}}async function z(e,t){let n,s=performance.now();for(let r=0;r<Pe;r++){let o=await Ie(e,a=>t(`${a}-${r}`));if(o.kind==="none")return n??o;n=n===void 0?o:{...o,sides:Ne(n.sides,o.sides)};let i=x(n.sides);if(i<w||i>=Ee||performance.now()-s>Oe)break}return n}async function Ie({sides:e,note:t,...n},s){let r={},o="node";for(let i of["base","head"]){let a=s(i);o=a.tool;let c=await N({...n,workplace:e[i],instrument:a,round:0,warmup:!1,...t===void 0?{}:{note:m=>t(`${i} ${m}`)}});if(c.kind==="aborted")return{kind:"none",reason:"it was interrupted"};if(c.kind==="error")return{kind:"none",reason:`${i} failed: ${c.reason}`};let l=M(c.parsed,n.benchmark.name),d=await j(a,n.signal);r[i]={...d,executions:1,...l===void 0?{}:{operations:l}}}return{kind:"taken",tool:o,sides:{base:r.base,head:r.head}}}function Ne(e,t){let n=s=>{let[r,o]=[e[s],t[s]],i=r.operations!==void 0&&o.operations!==void 0;return{processor:[...r.processor,...o.processor],memory:[...r.memory,...o.memory],files:[...r.files,...o.files],executions:r.executions+o.executions,...i?{operations:r.operations+o.operations}:{}}};return{base:n("base"),head:n("head")}}function x({base:e,head:t}){return Math.min(g(e.processor),g(t.processor))}export{mn as takeProfiles};
