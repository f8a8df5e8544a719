"""Seventeen sites of the kinds that a province's portal team meets, with what is planted on each.

Every text is our own. `python -m tests.sites.replicas` serves them and prints their addresses.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.sites.hostile import Reply, Site, serve

TEXT = (
    "Ủy ban nhân dân xã Mẫu tiếp công dân vào sáng thứ hai hằng tuần tại trụ sở. Hồ sơ nộp tại bộ "
    "phận một cửa, trả kết quả trong ngày làm việc tiếp theo."
)


@dataclass(frozen=True)
class Replica:
    """One site: its pages by path, what is wrong with it (rules by id), and the right verdict.

    `kind` is a word of inventory.KINDS. `site` answers instead of `pages` where it must think.
    """

    kind: str
    planted: tuple[str, ...]
    verdict: str
    pages: Mapping[str, bytes] = field(default_factory=dict)
    site: Site | None = None
    why: str = ""

    def answer(self, path: str, headers: dict[str, str]) -> Reply | bytes | None:
        """What the site's server says."""
        return self.site(path, headers) if self.site else self.pages.get(path)


def html(
    body: str, title: str = "Trang Mẫu", lang: str = ' lang="vi"', head: str = "", charset: str = ""
) -> bytes:
    meta = charset or '<meta charset="utf-8">'
    return (
        f"<!DOCTYPE html><html{lang}><head>{meta}<title>{title}</title>{head}</head>"
        f"<body>{body}</body></html>"
    ).encode()


def good(body: str = "", title: str = "Xã Mẫu", head: str = "") -> bytes:
    """A page in order, but for what is given."""
    nav = (
        '<header><p>Xã Mẫu</p><nav aria-label="Chính"><ul><li><a href="/">Trang chủ</a></li>'
        '<li><a href="/lien-he.html">Liên hệ với xã</a></li></ul></nav></header>'
    )
    view = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    style = "<style>li{padding:12px 0}</style>"
    footer = "<footer><p>Ủy ban nhân dân xã Mẫu</p></footer>"
    return html(
        f"{nav}<main><h1>{title}</h1><p>{TEXT}</p>{body}</main>{footer}",
        f"{title} – Xã Mẫu",
        head=view + style + head,
    )


def liferay() -> Replica:
    portlet = "_2_WAR_portalcmsappportlet_INSTANCE_mau_"
    items = "".join(
        f'<div class="portlet" id="p{portlet}{n}"><table><tr><td><img src="/documents/{n}.jpg">'
        f'</td><td>Tin số {n}: {TEXT}</td><td><a href="/tin/{n}.html">Xem chi tiết</a></td></tr>'
        "</table></div>"
        for n in range(3)
    )
    body = f'<a href="#main" class="skip">Truy cập nội dung luôn</a><div id="main">{items}</div>'
    pages = {"/": html(body, "Cổng thông tin điện tử", ' lang="en-US"')}
    pages.update({f"/tin/{n}.html": html(f"<p>{TEXT}</p>", f"Tin {n}") for n in range(3)})
    planted = (
        "image-alt",
        "link-without-context",
        "page-in-other-language",
        "missing-main",
        "missing-h1",
    )
    return Replica("other", planted, "fail", pages)


def sharepoint() -> Replica:
    menu = "".join(
        f'<li style="display:none"><a href="/m{n}.aspx">Mục {n}</a></li>' for n in range(30)
    )
    body = (
        f'<form><input type="hidden" name="__VIEWSTATE" value="/wEPDw"><ul>{menu}</ul>'
        f'<div id="ctl00_tin"><p>{TEXT}</p></div><div id="ctl00_tin"><p>Tin khác</p></div>'
        '<h1>Sở Mẫu</h1><h4>Tin tức</h4><input type="text" value="Nhập từ khóa"></form>'
    )
    planted = ("page-language", "duplicate-id", "skipped-heading", "field-label")
    return Replica("other", planted, "fail", {"/": html(body, "Sở Mẫu", "")})


def webforms() -> Replica:
    body = (
        "<table width='100%'><tr><td><table><tr><td><marquee>Chào mừng đến xã Mẫu</marquee></td>"
        f"</tr><tr><td><a href=\"javascript:__doPostBack('x','')\">Trang sau</a></td></tr></table>"
        f"<p>{TEXT}</p><p>&nbsp;</p><object data='/banner.swf'></object></td></tr></table>"
        "<a href='/tep/quy-che.doc' target='_blank'>Quy chế</a>"
    )
    planted = ("moving-text", "script-link", "new-window", "file-link", "missing-h1")
    return Replica("other", planted, "fail", {"/Default.aspx": html(body), "/": html(body)})


def school() -> Replica:
    sisters = "".join(
        f'<li><a href="https://truong{n}.example/">Trường bạn {n}</a></li>' for n in range(40)
    )
    body = (
        f'<ul style="margin-left:-2000px;display:none">{sisters}</ul><h1>Trường Mẫu</h1>'
        f"<h2>XỔ SỐ HỌC TẬP</h2><p>{TEXT}</p><h2>Lịch công tác</h2><p>Đang cập nhật</p>"
        '<p>Điện thoại: 028.xxx.xxx</p><img src="/anh/IMG_0012.JPG" alt="IMG_0012.JPG">'
    )
    planted = ("placeholder-text", "meaningless-alt")
    return Replica("school", planted, "fail", {"/": html(body, "Trường Mẫu")})


def joomla() -> Replica:
    body = (
        f'<main><h1>Bệnh viện Mẫu</h1><p>{TEXT}</p><iframe src="/lich-kham.html"></iframe>'
        '<p><b>Khoa Nội</b></p><img alt="" src="https://anh.example/logo.png">'
        '<a href="/benh-an.html"><img alt="" src="/a.png"></a></main>'
    )
    pages = {"/": html(body, "Bệnh viện Mẫu"), "/lich-kham.html": html(f"<p>{TEXT}</p>", "Lịch")}
    planted = ("frame-title", "link-name", "foreign-resource")
    return Replica("hospital", planted, "fail", pages)


def struts() -> Replica:
    text = unicodedata.normalize("NFD", TEXT)
    body = f"<main><h1>Tòa án Mẫu</h1><p>{text}</p></main>"

    def site(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
        if path.partition(";")[0] in ("/", "/tin.do"):
            number = len(path)
            return html(
                body + f'<a href="/tin.do;jsessionid={number}AF{number}">Tin xét xử</a>',
                "Tòa án Mẫu",
                charset="<meta name=x>",
            )
        return None

    return Replica("other", ("decomposed-text", "undeclared-charset"), "fail", site=site)


def handmade() -> Replica:
    body = (
        "<center><font size=5><b>Phßng Gi¸o dôc huyÖn MÉu</b></font></center>"
        "<p>Th«ng b¸o vÒ viÖc tuyÓn sinh líp 1 c¸c tr­êng tiÓu häc.</p>"
        "<table border=1><tr><td><b>TT</b></td><td><b>Tr­êng</b></td></tr>"
        "<tr><td>1</td><td>MÉu A</td></tr></table>"
    )
    return Replica("other", ("old-encoding", "page-language"), "fail", {"/": html(body, "", "")})


def scripted() -> Replica:
    shell = html('<div id="root"></div><script src="/app.js"></script>', "Sở Mẫu")
    code = (
        "document.getElementById('root').innerHTML = '<main><h1>Sở Mẫu"
        f"</h1><p>{TEXT}</p><img src=/a.png><a href=/hai.html>Trang hai của sở</a></main>';"
    )

    def site(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
        if path == "/app.js":
            kind = {"Content-Type": "text/javascript; charset=utf-8"}
            return Reply(code.encode(), headers=kind)
        return shell if path in ("/", "/hai.html") else None

    return Replica("other", ("script-only-page", "image-alt"), "fail", site=site)


def stale() -> Replica:
    def item(n: int) -> str:
        return f'<li><a href="/tin-tuc/{n}.html">Tin cũ số {n}</a> <span>(0{n}/03/2013)</span></li>'

    rows = "".join(item(n) for n in range(1, 5))
    footer = (
        "<footer><p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh Mẫu</p><p>Điện thoại: 073 3990 001</p>"
        "<p>Hôm nay: 18/12/2015</p></footer>"
    )
    nav = '<nav><a href="/tin-tuc/">Tin tức</a></nav>'
    pages = {
        "/": html(f"{nav}<main><h1>Sở Mẫu</h1><p>{TEXT}</p></main>{footer}", "Sở Mẫu"),
        "/tin-tuc/": html(f"{nav}<main><h1>Tin tức</h1><ul>{rows}</ul></main>{footer}", "Tin tức"),
    }
    for n in range(1, 5):
        body = (
            f"{nav}<main><h1>Tin cũ số {n}</h1><p>Ngày đăng: 0{n}/03/2013</p><p>{TEXT}</p></main>"
        )
        pages[f"/tin-tuc/{n}.html"] = html(body + footer, f"Tin {n}")
    planted = ("stale-section", "missing-fact", "missing-section")
    return Replica("department", planted, "fail", pages)


BETS = (
    "https://nha-cai-mau.example/", "https://tai-xiu-mau.example/", "https://no-hu-mau.example/",
)  # fmt: skip


def hacked_links() -> Replica:
    links = "".join(f'<a href="{url}">nhà cái uy tín, cá cược bóng đá</a>' for url in BETS)
    hidden = f'<div style="position:absolute;left:-9999px">{links}</div>'
    pages = {"/": good(hidden), "/lien-he.html": good(hidden, "Liên hệ")}
    return Replica("other", ("planted-link", "spam-words"), "fail", pages)


def hacked_by_sheet() -> Replica:
    """The links lie in a class whose style stands in a sheet that the site's own sheet imports."""
    links = "".join(f'<a href="{url}">{number}</a>' for number, url in enumerate(BETS))
    sheets = {
        "/css/mau.css": "@import 'k.css'; p { margin: 1em }",
        "/css/k.css": ".k7 { left: -99em; position: absolute }",
    }

    def site(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
        if (sheet := sheets.get(path.partition("?")[0])) is not None:
            return Reply(sheet.encode(), headers={"Content-Type": "text/css"})
        link = '<link rel="stylesheet" href="/css/mau.css?v=2">'
        title = {"/": "Xã Mẫu", "/lien-he.html": "Liên hệ"}.get(path)
        return good(f'<div class="k7">{links}</div>', title, link) if title else None

    return Replica("other", ("link-hidden-by-sheet",), "fail", site=site)


def hacked_pages() -> Replica:
    spam = html(
        "<h1>Nổ hũ đổi thưởng, tài xỉu online</h1>"
        "<p>Kèo nhà cái hôm nay, soi cầu xsmb, nạp rút nhanh. "
        f'<a href="{BETS[0]}">Đăng ký nhận tiền cược</a></p>' * 5,
        "Nổ hũ đổi thưởng uy tín",
    )

    def site(path: str, headers: dict[str, str]) -> Reply | bytes | None:
        if path == "/sitemap.xml":
            urls = "".join(f"<url><loc>/tai-lieu/{n}.html</loc></url>" for n in range(3))
            return Reply(f"<urlset>{urls}</urlset>".encode(), headers={"Content-Type": "text/xml"})
        if path.startswith("/tai-lieu/"):
            return spam
        if path == "/" and "Googlebot" in headers.get("user-agent", ""):
            return spam
        return good() if path in ("/", "/lien-he.html") else None

    return Replica("other", ("spam-words", "cloaked-page", "stray-page"), "fail", site=site)


def aggregated() -> Replica:
    body = (
        '<nav><a href="/">Trang chủ</a></nav><main><h1>Tin tổng hợp Mẫu</h1>'
        f"<p>{TEXT}</p><p>Giấy phép số ...... do ...... cấp ngày</p></main>"
        "<footer><p>Chịu trách nhiệm nội dung: Ông Trần Mẫu An</p></footer>"
    )
    return Replica("aggregated", ("missing-fact",), "fail", {"/": html(body, "Tổng hợp Mẫu")})


def perfect() -> Replica:
    contact = "<p>Địa chỉ: số 1 đường Mẫu. Điện thoại: (0273) 3990 001.</p>"
    return Replica("other", (), "pass", {"/": good(), "/lien-he.html": good(contact, "Liên hệ")})


def parked() -> Replica:
    page = html("<h1>Tên miền này đã hết hạn</h1><p>Liên hệ nhà đăng ký.</p>", "mau.example")
    return Replica("other", (), "could-not-tell", {"/": page}, why="parked-page")


def walled() -> Replica:
    form = '<h1>Đăng nhập hệ thống</h1><form><input name="u"><input type="password"></form>'
    return Replica("other", (), "could-not-tell", {"/": html(form, "Hệ thống")}, why="login-page")


def forbidding() -> Replica:
    def site(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
        if path == "/robots.txt":
            return Reply(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
        return good()

    return Replica("other", (), "could-not-tell", site=site, why="robots-forbid")


REPLICAS: Mapping[str, Replica] = {
    "liferay": liferay(),
    "sharepoint": sharepoint(),
    "webforms": webforms(),
    "truong-hoc": school(),
    "joomla": joomla(),
    "struts": struts(),
    "tu-lam": handmade(),
    "ma-lenh": scripted(),
    "cu-ky": stale(),
    "bi-hack-lien-ket": hacked_links(),
    "bi-hack-bang-kieu": hacked_by_sheet(),
    "bi-hack-trang": hacked_pages(),
    "tong-hop": aggregated(),
    "hoan-hao": perfect(),
    "bo-trong": parked(),
    "dang-nhap": walled(),
    "cam-xem": forbidding(),
}


def sites() -> dict[str, Site]:
    """What the server of tests.sites.hostile needs to play them all."""
    return {name: replica.answer for name, replica in REPLICAS.items()}


if __name__ == "__main__":
    with serve(sites()) as server:
        for name in REPLICAS:
            print(server.url(name), flush=True)
        threading.Event().wait()
