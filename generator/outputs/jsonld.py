"""This file says in schema.org's words (JSON-LD) what a page is about and who answers for it."""

from __future__ import annotations

import json
from typing import Any

from generator.outputs.feeds import moment
from generator.pages import Page
from linter.registry import Portal

_CONTEXT = "https://schema.org"


def write_jsonld(portal: Portal, page: Page) -> str:
    """The page's JSON-LD, safe to stand in a <script>: the agency, and the document if any."""
    graph = [organisation(portal)]
    if page.document is not None:
        graph.append(_document(portal, page))
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False)
    return text.replace("<", "\\u003c")


def organisation(portal: Portal) -> dict[str, Any]:
    """The agency with its parent, address and contacts."""
    return {
        "@type": "GovernmentOrganization",
        "@id": portal.url,
        "name": portal.name,
        "url": portal.url,
        "parentOrganization": {"@type": "GovernmentOrganization", "name": portal.parent},
        "address": {
            "@type": "PostalAddress",
            "streetAddress": portal.address,
            "addressCountry": "VN",
        },
        "telephone": list(portal.phones),
        "email": portal.email,
    }


def _document(portal: Portal, page: Page) -> dict[str, Any]:
    document = page.document
    assert document is not None
    said: dict[str, Any] = {
        "@type": "WebPage",
        "name": document.title,
        "description": document.summary,
        "url": portal.url.rstrip("/") + document.url,
        "inLanguage": document.lang,
        "datePublished": moment(document.published),
        "dateModified": moment(document.changed),
        "author": {"@type": "Person", "name": document.author},
        "publisher": {"@id": portal.url},
    }
    match document.type:
        case "news":
            said |= {"@type": "NewsArticle", "headline": document.title}
        case "legal-document":
            said |= {
                "@type": "Legislation",
                "legislationIdentifier": document.fields["number"],
                "legislationType": document.fields["document_kind"],
                "legislationDate": document.fields["signed"].isoformat(),
                "legislationPassedBy": document.fields["issuer"],
            }
        case "procedure":
            said |= {"@type": "GovernmentService", "serviceType": document.fields["field"]}
            del said["datePublished"], said["dateModified"], said["author"], said["publisher"]
            del said["inLanguage"]
            said["provider"] = {"@id": portal.url}
    return said
