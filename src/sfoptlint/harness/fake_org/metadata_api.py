"""The fake's Metadata API: a retrieve that is done at once (Metadata API Developer Guide, retrieve(), checkRetrieveStatus())."""

from base64 import b64encode
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from sfoptlint.clients.wire import Response
from sfoptlint.harness.fake_org.asked import Asked
from sfoptlint.harness.fake_org.refusal import OrgRefusal

SOAP = "/services/Soap/m"
_NAMESPACE: Final = "http://soap.sforce.com/2006/04/metadata"
_XML: Final = {"Content-Type": "text/xml;charset=UTF-8"}
_STAMP = (1980, 1, 1, 0, 0, 0)


def answer(call: Asked) -> Response:
    """`POST /services/Soap/m/<version>`: a retrieve, or the question how one is."""
    request = _request(call.request.body)
    types = request.findall(f".//{{{_NAMESPACE}}}types/{{{_NAMESPACE}}}name") or request.findall(".//types/name")
    if request.find(f".//{{{_NAMESPACE}}}retrieve") is not None:
        job = call.state.ids.make("Retrieve")
        call.state.retrieves[job] = frozenset(str(name.text) for name in types)
        return _soap("retrieveResponse", f"<done>false</done><id>{job}</id><state>Queued</state>")
    if request.find(f".//{{{_NAMESPACE}}}checkRetrieveStatus") is not None:
        return _status(call, request)
    raise OrgRefusal("UNSUPPORTED_API_VERSION", "the fake answers retrieve and checkRetrieveStatus alone")


def is_soap(path: str) -> bool:
    """Return whether a request goes to the Metadata API."""
    return path.lower().startswith(SOAP.lower())


def soap_fault(code: str, message: str) -> Response:
    """Return a refusal as SOAP says it, under status 500 (Metadata API Developer Guide, Error Handling)."""
    said = f"<faultcode>sf:{code}</faultcode><faultstring>{code}: {escape(message)}</faultstring>"
    body = f"<soapenv:Fault>{said}</soapenv:Fault>"
    return Response(500, _XML, _envelope(f' xmlns:sf="{_NAMESPACE}"', body))


def _status(call: Asked, request: "etree._Element") -> Response:
    job = request.findtext(f".//{{{_NAMESPACE}}}asyncProcessId", "")
    types = call.state.retrieves.get(job)
    if types is None:
        raise OrgRefusal("INVALID_ID_FIELD", "there is no such retrieve")
    wanted = request.findtext(f".//{{{_NAMESPACE}}}includeZip", "true").casefold() == "true"
    archive = f"<zipFile>{_zip(call, types)}</zipFile>" if wanted else ""
    return _soap(
        "checkRetrieveStatusResponse",
        f"<done>true</done><id>{job}</id><status>Succeeded</status><success>true</success>{archive}",
    )


def _zip(call: Asked, types: frozenset[str]) -> str:
    files = call.state.metadata.of_types(types) if call.state.metadata else {}
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(ZipInfo(path, _STAMP), content, ZIP_DEFLATED)
    return b64encode(stream.getvalue()).decode("ascii")


def _request(body: bytes) -> "etree._Element":
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise OrgRefusal("XML_PARSER_ERROR", "the request is no XML") from None


def _soap(name: str, result: str) -> Response:
    return Response(200, _XML, _envelope(f' xmlns="{_NAMESPACE}"', f"<{name}><result>{result}</result></{name}>"))


def _envelope(namespaces: str, body: str) -> bytes:
    opening = f'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"{namespaces}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{opening}<soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>'.encode()
