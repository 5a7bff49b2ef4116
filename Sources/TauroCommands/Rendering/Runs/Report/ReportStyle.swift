/// The page's style: the reader's own fonts, few colours, light and dark.
enum ReportStyle {
    static let text = [colors, frame, header, graph, timeline, tables, panel, other].joined(separator: "\n")

    /// `--x` is a state's colour, `--x2` a faint ground of it; text on `--x` is `--on`.
    private static let colors = """
        :root{color-scheme:light dark;--paper:#fafaf8;--card:#fff;--ink:#1c1f23;--soft:#5d646c;--line:#e2e3df;--faint:#f1f1ed;
        --link:#2a4fa8;--crit:#4338a8;--on:#fff;
        --completed:#2c7a59;--failed:#b0352b;--running:#2667a8;--retrying:#a05a00;--cancelled:#7a6a3a;--pending:#7d848c;
        --restored:#3a7683;--shade:0 1px 2px rgb(20 22 26/.06),0 8px 24px rgb(20 22 26/.07)}
        @media (prefers-color-scheme:dark){:root{--paper:#131518;--card:#1a1d21;--ink:#e8e9eb;--soft:#9da4ad;--line:#2c3137;
        --faint:#22262b;--link:#9db8ff;--crit:#b3a8ff;--on:#0f1113;
        --completed:#63b892;--failed:#ee8378;--running:#74b0ec;--retrying:#e0a24d;--cancelled:#bba978;--pending:#8c949d;
        --restored:#7cb8c6;--shade:0 1px 2px rgb(0 0 0/.4),0 8px 24px rgb(0 0 0/.4)}}
        .s-completed,.s-passed{--x:var(--completed)}.s-failed,.s-dead,.s-lost{--x:var(--failed)}.s-running{--x:var(--running)}
        .s-retrying,.s-warned{--x:var(--retrying)}.s-cancelled{--x:var(--cancelled)}.s-pending{--x:var(--pending)}
        .s-restored{--x:var(--restored)}
        """

    private static let frame = """
        *{box-sizing:border-box}
        html{scroll-padding-top:4rem;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",
        "Helvetica Neue",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        header,main,footer{max-width:86rem;margin:0 auto;padding:0 clamp(1rem,3vw,2.5rem)}
        a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
        a.node{font-weight:560;color:var(--ink);text-decoration:underline;text-decoration-color:var(--line);
        text-underline-offset:3px}a.node:hover{text-decoration-color:currentColor}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
        code,pre,.log{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
        nav{position:sticky;top:0;z-index:3;display:flex;gap:1.5rem;overflow-x:auto;padding:.7rem max(clamp(1rem,3vw,2.5rem),
        calc((100vw - 86rem)/2 + 2.5rem));margin-top:2rem;background:color-mix(in srgb,var(--paper) 92%,transparent);
        backdrop-filter:blur(8px);border-bottom:1px solid var(--line);font-size:.9rem;white-space:nowrap}
        nav a{color:var(--soft)}nav a:hover{color:var(--ink)}
        section{padding:2.2rem 0 .4rem;content-visibility:auto;contain-intrinsic-size:auto 40rem}
        h1,h2,h3{line-height:1.2;letter-spacing:-.012em;text-wrap:balance}
        h2{font-size:1.28rem;font-weight:620;margin:0 0 .6rem}h3{font-size:1rem;font-weight:600;margin:0 0 .5rem}
        h3.small{font-size:.8rem;color:var(--soft);font-weight:500;margin:1rem 0 .3rem;letter-spacing:0}
        small{font-size:.82em;color:var(--soft);font-weight:400}
        .note{color:var(--soft);font-size:.9rem;margin:.2rem 0 .8rem;max-width:75ch}
        .none{color:var(--soft)}.dim{color:var(--soft)}
        .scroll{overflow:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
        .tall{max-height:min(44rem,80vh)}
        .defs{position:absolute}
        .sign{width:1em;height:1em;flex:none;vertical-align:-.13em;margin-right:.42em}
        .sign,symbol{overflow:visible}
        .f{fill:var(--x,currentColor)}.o,.w{fill:none;stroke:var(--x,currentColor);stroke-width:1.5;stroke-linecap:round;
        stroke-linejoin:round}.w{stroke:var(--on);stroke-width:1.7}
        .js{display:none}.has-js .js{display:flex}
        .tools{gap:.9rem;align-items:center;flex-wrap:wrap;margin:0 0 .6rem;font-size:.88rem;color:var(--soft)}
        button,input,select{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:6px;
        padding:.2rem .6rem}button{cursor:pointer}button:hover{border-color:var(--soft)}
        footer{color:var(--soft);font-size:.82rem;padding-top:2.5rem;padding-bottom:3rem}
        """

    private static let header = """
        header{padding-top:2.6rem}
        .over{margin:0;color:var(--soft);font-size:.86rem}
        h1{font-size:clamp(1.7rem,4vw,2.4rem);font-weight:640;margin:.1rem 0 .25rem;letter-spacing:-.022em;display:flex;
        flex-wrap:wrap;align-items:center;gap:.3rem .9rem}
        .pill{font-size:.95rem;font-weight:560;letter-spacing:0;color:var(--x);background:color-mix(in srgb,var(--x) 11%,
        transparent);border-radius:99px;padding:.28rem .85rem .28rem .7rem;white-space:nowrap}
        .run{margin:0 0 1.6rem;color:var(--soft)}
        dl,dd,dt{margin:0}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));border:1px solid var(--line);
        border-radius:12px;background:var(--card);overflow:hidden;box-shadow:var(--shade)}
        .tile{padding:1rem 1.3rem 1.05rem;box-shadow:-1px -1px 0 var(--line)}
        .tile dt{font-size:.82rem;color:var(--soft)}
        .tile dd{font-size:1.55rem;font-weight:600;letter-spacing:-.02em;line-height:1.25}
        .tile small{display:block;font-size:.8rem;letter-spacing:0;line-height:1.4}
        .share{display:flex;gap:2px;height:7px;margin:1.5rem 0 .6rem;border-radius:4px;overflow:hidden}
        .share i{background:var(--x);min-width:3px;flex-basis:0}
        .share .s-pending{background:var(--line)}
        .counts{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.6rem;margin:0 0 .4rem;padding:0}
        .counts b{font-weight:620}
        .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.9rem 2rem;margin:1.5rem 0 0;
        font-size:.92rem}
        .facts dt{font-size:.8rem;color:var(--soft)}
        """

    private static let graph = """
        .canvas{max-height:min(40rem,75vh);cursor:grab;overscroll-behavior:contain}.canvas.drag{cursor:grabbing;user-select:none}
        #dag{display:block;margin:0 auto}
        .links path{fill:none;stroke:color-mix(in srgb,var(--soft) 45%,transparent);stroke-width:1.4}
        .many .links path{stroke:color-mix(in srgb,var(--soft) 17%,transparent);stroke-width:1}
        .links .c,.many .links .c{stroke:var(--crit);stroke-width:2.6}
        .box .b{fill:color-mix(in srgb,var(--x) 7%,var(--card));stroke:color-mix(in srgb,var(--x) 48%,var(--line))}
        .many .box .b{fill:color-mix(in srgb,var(--x) 26%,var(--card))}
        .box.s-pending .b,.box.s-cancelled .b{stroke-dasharray:4 3}
        .box.c .b{stroke:var(--crit);stroke-width:2.4}
        .box text{fill:var(--ink);font-size:12.5px;font-weight:560}.box .m{fill:var(--soft);font-size:11px;font-weight:400}
        .box:hover .b,.box:focus-visible .b{fill:color-mix(in srgb,var(--x) 18%,var(--card))}
        .box:focus-visible{outline:none}.box:focus-visible .b{stroke:var(--link);stroke-width:3}
        #dag.near .box:not(.hot){opacity:.35}#dag.near .links path:not(.hot){opacity:.2}
        #dag.near .links .hot{opacity:1;stroke:var(--ink);stroke-width:2}
        """

    private static let timeline = """
        .key{display:inline-flex;align-items:center;gap:.4rem;margin-right:1.1rem}.key i{width:1.6rem;height:.75rem;
        border-radius:3px;--x:var(--completed)}
        .k-compute{background:var(--x)}.k-store,.bar{background-image:linear-gradient(to right,var(--x) var(--c,0%),
        transparent 0),repeating-linear-gradient(135deg,var(--x) 0 3px,color-mix(in srgb,var(--x) 45%,var(--card)) 3px 6px)}
        .key .k-failed{--x:var(--failed);background:var(--x);border-right:3px solid var(--ink)}
        .key .k-critical{background:var(--x);box-shadow:0 3px 0 var(--crit)}
        .k-wait{height:0!important;border-top:2px dashed var(--retrying);border-radius:0!important}
        .time{position:relative;margin:.6rem .9rem 1rem;min-width:40rem}.time.wide{min-width:64rem}
        .hosts{position:relative;height:2.6rem}.host{position:absolute;font-size:.82rem;font-weight:560;white-space:nowrap;
        overflow:hidden;text-overflow:ellipsis;line-height:1.25}.host small{display:block}
        .gap{position:absolute;top:-.6rem;bottom:-1rem;background:repeating-linear-gradient(135deg,var(--line) 0 1px,transparent 1px 6px)}
        .ticks{position:relative;height:1.5rem;border-bottom:1px solid var(--line);margin-bottom:.45rem}
        .ticks span{position:absolute;font-size:.74rem;color:var(--soft);padding-left:.3rem;border-left:1px solid var(--line);
        white-space:nowrap;height:1.5rem}
        .lane{position:relative;height:1.6rem;margin-bottom:5px;border-radius:4px;background:linear-gradient(var(--faint),
        var(--faint)) center/100% 1px no-repeat}
        .bar{position:absolute;top:0;height:1.45rem;min-width:3px;border-radius:4px;overflow:hidden;color:var(--on);
        font-size:.76rem;line-height:1.45rem;font-weight:540;white-space:nowrap}
        .bar span{text-shadow:0 0 2px var(--x),0 0 4px var(--x),0 0 6px var(--x);padding:0 .45rem;max-width:max(var(--c),4rem);display:block;overflow:hidden;text-overflow:ellipsis}
        .bar:hover{text-decoration:none;filter:brightness(1.08)}
        .bar.c{box-shadow:0 3px 0 var(--crit)}
        .bar.s-failed,.bar.s-lost{border-right:3px solid var(--ink)}
        .bar.wait{background:none;height:0;top:.7rem;border-top:2px dashed var(--retrying);border-radius:0;overflow:visible}
        .bar.wait::after{content:"";position:absolute;inset:-.7rem 0}
        """

    private static let tables = """
        table{border-collapse:separate;border-spacing:0;width:100%;font-size:.88rem}
        th,td{padding:.5rem .8rem;text-align:left;vertical-align:top;overflow-wrap:break-word;max-width:30rem;border-bottom:1px solid var(--line)}
        tbody tr:last-child>*{border-bottom:0}
        thead th{position:sticky;top:0;z-index:1;background:var(--card);font-weight:500;color:var(--soft);white-space:nowrap}
        thead button{border:0;background:none;padding:0;color:inherit;font-weight:500}
        thead [aria-sort=ascending] button::after{content:" ↑"}thead [aria-sort=descending] button::after{content:" ↓"}
        tbody th{font-weight:500;min-width:11rem}tbody th small{display:block;font-weight:400}
        tbody tr:hover>*{background:color-mix(in srgb,var(--faint) 60%,transparent)}
        tbody tr:target>*{background:color-mix(in srgb,var(--link) 9%,transparent)}
        .num{text-align:right;white-space:nowrap}.state{white-space:nowrap}.line{display:block}td .line{min-width:9rem}
        .meter{display:block;height:3px;background:var(--faint);border-radius:2px;margin-top:.3rem;min-width:4rem}
        .meter i{display:block;height:100%;background:var(--soft);border-radius:2px;margin-left:auto}
        .samples{margin:.3rem 0 0;color:var(--soft);white-space:pre-wrap}
        .chain{list-style:none;margin:0;padding:.4rem 0;background:var(--card);border:1px solid var(--line);border-radius:10px}
        .chain li{display:grid;grid-template-columns:auto minmax(8rem,16rem) 1fr auto 3.2rem;gap:.2rem .5rem;align-items:center;
        padding:.35rem 1rem}.chain .sign{margin:0}.chain .meter{height:8px;margin:0}.chain .meter i{background:var(--crit);
        margin:0;min-width:2px;opacity:.8}
        """

    private static let panel = """
        #panel{position:fixed;z-index:5;top:0;right:0;bottom:0;width:min(30rem,100vw);overflow:auto;background:var(--card);
        border-left:1px solid var(--line);box-shadow:var(--shade);padding:1.4rem 1.6rem 2rem}
        #panel h2{margin:0 2.5rem .1rem 0;outline:none}#panel h3{margin:1.3rem 0 .35rem;font-size:.84rem;color:var(--soft);
        font-weight:500;letter-spacing:0}#panel ul{list-style:none;margin:0;padding:0;font-size:.9rem}
        #panel li{padding:.3rem 0;border-bottom:1px solid var(--line)}#panel li:last-child{border:0}
        #panel li small{display:block}#panel pre{white-space:pre-wrap;margin:.2rem 0;color:var(--failed)}
        #panel-close{position:absolute;top:1.1rem;right:1.2rem;font-size:1.1rem;line-height:1.4}
        """

    private static let other = """
        .error{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--failed);border-radius:10px;
        padding:1rem 1.2rem;margin:0 0 .9rem}.error p{margin:.3rem 0}
        .error .type{color:var(--soft);font-weight:400;margin-left:.4rem;font-size:.9em}
        .message{white-space:pre-wrap;margin:.3rem 0 .5rem;font-size:.92em;max-height:22rem;overflow:auto}
        .next{margin:.2rem 0}.next code{background:var(--faint);padding:.25rem .5rem;border-radius:5px;user-select:all}
        .log{list-style:none;margin:0;padding:.5rem 0;line-height:1.5}
        .log li{display:grid;grid-template-columns:auto 4.6em 1fr;gap:0 .8em;padding:.08rem .9rem}
        .log li>span{white-space:pre-wrap}.log time{color:var(--soft)}.log em{font-style:normal;color:var(--soft)}
        .log .l-warning{color:var(--retrying);font-weight:600}.log .l-error{color:var(--failed);font-weight:600}
        .log li:hover{background:var(--faint)}.log b{font-weight:600}
        .error .log{background:var(--faint);border-radius:6px}
        [hidden]{display:none!important}
        @media (max-width:40rem){body{font-size:14.5px}.tiles{grid-template-columns:1fr 1fr}.tile{padding:.75rem .9rem}
        .tile dd{font-size:1.25rem}.facts{grid-template-columns:1fr 1fr}.chain li{grid-template-columns:auto 1fr auto}.chain .meter{grid-column:2/4;grid-row:2}
        .chain .dim{display:none}.log li{grid-template-columns:auto 1fr}.log li>span{grid-column:1/3}}
        @media print{nav,.tools,#panel{display:none!important}.scroll,.tall,.canvas{max-height:none;overflow:visible}
        body{background:#fff}.tiles{box-shadow:none}}
        @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
        """
}
