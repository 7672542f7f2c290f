// SPDX-License-Identifier: Apache-2.0

/// The page's style: calm, for screens light and dark, narrow ones and paper. Nothing depends on it but
/// the looks.
enum StyleSheet {
  static let text = base + tables + figures + print

  private static let base = """
    :root{color-scheme:light dark;--bg:#fdfdfb;--ink:#1d2024;--mute:#5a6069;--line:#dfdfd9;\
    --card:#fff;--warn:#7a4a00;--link:#0b5a94;--up:86,134,196;--down:208,116,58}
    @media(prefers-color-scheme:dark){:root{--bg:#15171a;--ink:#e8e8e3;--mute:#a6acb4;\
    --line:#33373d;--card:#1b1e22;--warn:#e8bb62;--link:#7db8e8}}
    *{box-sizing:border-box}
    html{scroll-padding-top:1rem}
    body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,\
    "Segoe UI","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;\
    -webkit-text-size-adjust:100%}
    header,nav,main{max-width:1120px;margin:0 auto;padding:0 24px}
    header{padding-top:44px}main{padding-bottom:96px}
    h1,h2,h3{font-family:Charter,"Iowan Old Style","Source Serif 4",Georgia,"Liberation Serif",\
    serif;font-weight:600;line-height:1.2;letter-spacing:-.01em;overflow-wrap:anywhere}
    h1{font-size:36px;margin:0}h2{font-size:25px;margin:60px 0 8px;padding-top:18px;\
    border-top:1px solid var(--line)}
    h3{font-size:19px;margin:34px 0 6px}h4{font-size:16px;margin:26px 0 4px}
    .kind{margin:0 0 4px;color:var(--mute);font-size:13px;letter-spacing:.08em;\
    text-transform:uppercase}
    p,ul,ol{max-width:76ch}p{margin:8px 0}li{margin:8px 0}
    p,li,dd,summary,figcaption,caption,tbody th,td.w{overflow-wrap:anywhere}
    .note,caption,figcaption,small,dt{color:var(--mute)}.note{font-size:14px}
    small{font-size:.86em;font-weight:400}
    code{font:.88em ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
    a{color:var(--link)}
    .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px}
    nav{margin-top:18px}nav ol{display:flex;flex-wrap:wrap;gap:2px 18px;list-style:none;margin:0;\
    padding:0;max-width:none;font-size:14px}nav li{margin:0}nav a{text-decoration:none}
    nav a:hover{text-decoration:underline}
    .notice{border-left:4px solid var(--warn);background:var(--card);padding:8px 14px;\
    margin:12px 0;max-width:80ch}
    details{border-top:1px solid var(--line);padding:10px 0;margin:10px 0 0}
    details+details{margin-top:0}
    summary{cursor:pointer;font-weight:600;font-size:15px}summary small{font-weight:400}
    dl{margin:14px 0}dd{margin:0}
    .keys{display:flex;flex-wrap:wrap;gap:12px;margin:22px 0}.keys div{display:flex;\
    flex-direction:column-reverse;border:1px solid var(--line);background:var(--card);\
    border-radius:6px;padding:10px 18px;min-width:120px}
    .keys dd{font-size:24px;line-height:1.2;font-weight:600}.keys dt{font-size:13px}
    .definitions{display:grid;gap:7px;font-size:14.5px}.definitions div{display:grid;\
    grid-template-columns:minmax(9rem,14rem) 1fr;gap:0 18px}.definitions dd{max-width:76ch}

    """

  private static let tables = """
    .scroll{overflow-x:auto;margin-top:12px}
    table{border-collapse:collapse;font-size:14px;line-height:1.35}
    caption{text-align:left;padding-bottom:8px;max-width:min(76ch,100vw - 48px);\
    font-size:14px}
    th{text-align:left;font-weight:600}
    thead th{font-size:12.5px;color:var(--mute);border-bottom:1px solid var(--ink);\
    padding:4px 7px;vertical-align:bottom}
    td,tbody th{border-bottom:1px solid var(--line);padding:5px 7px;vertical-align:middle}\
    th:first-child{padding-left:0}
    tbody th{font-weight:500;min-width:8.5rem;max-width:22rem}td.w{min-width:11.5rem;\
    max-width:18rem}
    .group th{padding-top:16px;font-size:12.5px;font-weight:600;letter-spacing:.05em;\
    color:var(--mute)}
    th.n,td.n{text-align:right}td{white-space:nowrap}td.w,td.s{white-space:normal}\
    td b{display:inline-block;min-width:3.3em;font-weight:inherit}td.n b{min-width:0}
    td:has(>b){font-size:12px;color:var(--mute)}td>b{font-size:14px}td>b,td>i{color:var(--ink)}
    td.s{color:var(--mute);font-style:italic;font-size:13px;min-width:7.5rem;max-width:12rem}
    td i{font-style:normal;font-size:9px}
    th.c span{display:block;text-align:center}td.c,th.c{padding-top:0;padding-bottom:0}
    .strips td.c{border-bottom-color:transparent}.strips tbody:last-child tr:last-child td.c{\
    border-bottom-color:var(--line)}
    .up1{background:rgba(var(--up),.12)}.up2{background:rgba(var(--up),.24)}\
    .up3{background:rgba(var(--up),.38)}
    .down1{background:rgba(var(--down),.12)}.down2{background:rgba(var(--down),.24)}\
    .down3{background:rgba(var(--down),.38)}

    """

  private static let figures = """
    svg{display:block;max-width:none}th svg,.key svg{display:inline-block;vertical-align:middle}
    th.c svg{display:block}.hollow{fill:var(--bg)}
    figure{margin:0}figcaption{font-size:13px}.multiples{margin-top:12px}
    .multiples>figcaption{font-size:14px;max-width:76ch}.key{white-space:nowrap;\
    margin-left:12px;color:var(--ink)}
    .panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(216px,1fr));\
    gap:22px 16px;margin-top:14px}
    .panels:has(.tree){display:block;overflow-x:auto}

    """

  private static let print = """
    @media(min-width:900px){#evaluated .definitions{grid-template-columns:1fr 1fr;gap:7px 32px}\
    #evaluated .definitions div{grid-template-columns:9rem 1fr}}
    @media(max-width:640px){header,nav,main{padding-left:16px;padding-right:16px}\
    h1{font-size:28px}h2{font-size:22px;margin-top:44px}.definitions div{\
    grid-template-columns:1fr}.panels{grid-template-columns:repeat(auto-fill,minmax(216px,1fr))}\
    .keys div{flex:1 1 130px}}
    @media print{:root{color-scheme:light;--bg:#fff;--ink:#000;--mute:#444;--line:#ccc;\
    --card:#fff}body{font-size:10.5pt}header,nav,main{max-width:none;padding:0}nav{display:none}\
    h2,h3,caption,summary,.group{break-after:avoid}tr,figure figure,.keys,.notice{\
    break-inside:avoid}.scroll{overflow:visible}*{print-color-adjust:exact;\
    -webkit-print-color-adjust:exact}\
    #definitions,#methods,#provenance,#intersections{& details::details-content{\
    content-visibility:visible;display:block}}}
    """
}
