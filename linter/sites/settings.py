"""This file sets up Scrapy for a crawl; what it would do by itself and we do is switched off."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Request
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from linter.doors import ENOUGH
from linter.sites.crawl import CrawlOrder

logging.getLogger("scrapy").setLevel(logging.ERROR)
logging.getLogger("twisted").setLevel(logging.CRITICAL)

SLOT = "site"
MOST_BYTES = 5_000_000


def settings_for(order: CrawlOrder) -> dict[str, Any]:
    """Scrapy's settings for one crawl."""
    middleware = "scrapy.downloadermiddlewares."
    limits = order.limits
    return {
        "USER_AGENT": order.agent,
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,  # the spider reads it, for Scrapy leaves Crawl-delay unread
        "HTTPERROR_ALLOW_ALL": True,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "CONCURRENT_REQUESTS": 8,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1 if limits.delay else 8,
        "DOWNLOAD_SLOTS": {
            SLOT: {"concurrency": 1 if limits.delay else 8, "delay": limits.delay, "jitter": 0}
        },
        "DOWNLOAD_TIMEOUT": limits.patience,
        "DOWNLOAD_MAXSIZE": MOST_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        "DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT:@SECLEVEL=0",  # old servers are audited too
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504, 408],
        "RETRY_PRIORITY_ADJUST": 0,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi,en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        },
        "DOWNLOADER_MIDDLEWARES": {
            "linter.sites.settings.KeepsWhatCame": 900,
            f"{middleware}offsite.OffsiteMiddleware": None,
            f"{middleware}robotstxt.RobotsTxtMiddleware": None,
            f"{middleware}redirect.RedirectMiddleware": None,
            f"{middleware}redirect.MetaRefreshMiddleware": None,
            f"{middleware}httpproxy.HttpProxyMiddleware": None,
        },
        "SPIDER_MIDDLEWARES": {
            "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
            "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
            "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
        },
        "EXTENSIONS": {"scrapy.extensions.logstats.LogStats": None},
    }


class KeepsWhatCame:
    """Scrapy middleware next to the wire: remembers an answer's bytes before they are unpacked."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Leaves the answer as it is."""
        request.meta["came"] = response
        return response


def take_enough(data: bytes, request: Request, **_more: Any) -> None:
    """Scrapy's signal: of a file that nobody should see, a server sends no more than we ask for."""
    if request.meta.get("door"):
        request.meta["got"] = request.meta.get("got", 0) + len(data)
        if request.meta["got"] >= ENOUGH:
            raise StopDownload(fail=False)
