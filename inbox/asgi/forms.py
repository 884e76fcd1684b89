"""Reading forms within limits: how many fields, how many files, how large each part."""

from __future__ import annotations

from typing import Final, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect

from inbox.errors import Invalid
from inbox.refusals import Refusal

MAX_FIELDS: Final = 300  # the longest rule: fifty lines of each kind, and a few empty ones
MAX_FILES: Final = 20
MAX_FIELD_BYTES: Final = 512 * 1024
MOST_NUMBER: Final = 1 << 62  # below what the store can count to
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")

Model = TypeVar("Model", bound=BaseModel)


async def read_form(request: Request) -> FormData:
    """The form of a request, read once; empty when the body is no form. Raises Invalid."""
    kept: FormData | None = getattr(request.state, "form", None)
    if kept is not None:
        return kept
    form = await _parse(request) if _is_form(request) else FormData()
    request.state.form = form
    return form


async def form_as(request: Request, model: type[Model]) -> Model:
    """The fields of a form as a model that names each one. Raises Invalid with the first fault."""
    if not _is_form(request) and await request.body():
        # Read as a form without fields it could mean something that nobody asked for.
        raise Invalid("this form cannot be read: it is no form")
    form = await read_form(request)
    given = {
        name: [_kept(one) for one in form.getlist(name)]
        if _is_list(model, name)
        else _kept(form[name])
        for name in form
        if name in model.model_fields and not isinstance(form[name], UploadFile)
    }
    try:
        read = model.model_validate(given)
    except ValidationError as error:
        raise _refused(error) from error
    if name := next((one for one, value in read if _is_no_number_of_ours(value)), ""):
        raise Invalid(Refusal.NO_SUCH_VALUE, field=name)
    return read


async def words_of(request: Request, names: tuple[str, ...]) -> list[str]:
    """What somebody wrote in these fields; nothing where the form cannot be read any more."""
    try:
        form = await read_form(request)
    except (Invalid, ClientDisconnect, RuntimeError):  # the last: its body is gone
        return []
    said = [_kept(one) for name in names for one in form.getlist(name)]
    return [one for one in said if isinstance(one, str) and one.strip()]


async def files_of(request: Request, name: str) -> list[UploadFile]:
    """The uploaded files of one field; those that were left empty are not counted."""
    form = await read_form(request)
    uploads = [one for one in form.getlist(name) if isinstance(one, UploadFile)]
    return [one for one in uploads if one.filename or one.size]


def _refused(error: ValidationError) -> Invalid:
    """What is wrong with the first field that is, in words for whoever has filled it in."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    match first["type"]:
        case "string_too_long":
            return Invalid(Refusal.FIELD_TOO_LONG, field=field, most=first["ctx"]["max_length"])
        case "missing" | "string_too_short":
            return Invalid(Refusal.FIELD_EMPTY, field=field)
        case _ if not first["input"]:
            return Invalid(Refusal.FIELD_EMPTY, field=field)
    return Invalid(Refusal.NO_SUCH_VALUE, field=field)


def _kept(value: object) -> object:
    """A field without NUL, which no keyboard makes and no database keeps."""
    return value.replace("\x00", "") if isinstance(value, str) else value


def _is_no_number_of_ours(value: object) -> bool:
    """Whether a number among what was given is larger than any that the store can hold."""
    every = value if isinstance(value, list) else [value]
    return any(isinstance(one, int) and abs(one) >= MOST_NUMBER for one in every)


def _is_form(request: Request) -> bool:
    content_type = request.headers.get("content-type", "").partition(";")[0]
    return content_type.strip().lower() in _FORMS


async def _parse(request: Request) -> FormData:
    try:
        return await request.form(
            max_fields=MAX_FIELDS, max_files=MAX_FILES, max_part_size=MAX_FIELD_BYTES
        )
    except MultiPartException as error:
        raise Invalid(f"this form cannot be read: {error.message}") from error
    except HTTPException as error:
        raise Invalid(f"this form cannot be read: {error.detail}") from error


def _is_list(model: type[BaseModel], name: str) -> bool:
    return "list" in str(model.model_fields[name].annotation)
