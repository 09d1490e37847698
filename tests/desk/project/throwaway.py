"""An API for the tests of declared needs: declared, by half, not at all, and with its docs on."""

from django.http import HttpRequest
from django.urls import path
from ninja import NinjaAPI

from rabta.core.words.vocabulary import Duty
from rabta.desk.frame.views import home
from rabta.desk.wall.routes import anyone, api_needs, declare_api, duty

handler404 = "rabta.desk.frame.views.not_found"

api = NinjaAPI(urls_namespace="throwaway", docs_url="/docs")


@api.get("/open")
@api_needs(anyone())
def open_to_all(request: HttpRequest) -> str:
    return "hello"


@api.get("/stewards")
@api_needs(duty(Duty.STEWARD))
def stewards(request: HttpRequest) -> str:
    return "keys and bolts"


@api.get("/half")
@api_needs(anyone())
def declared_half(request: HttpRequest) -> str:
    return "hello"


@api.post("/half")
def forgot_half(request: HttpRequest) -> str:
    return "everything there is"


@api.get("/forgot")
def forgot(request: HttpRequest) -> str:
    return "everything there is"


bare = NinjaAPI(urls_namespace="bare", openapi_url=None, docs_url=None)


@bare.get("/open")
@api_needs(anyone())
def not_mounted_by_us(request: HttpRequest) -> str:
    return "everything there is"


urlpatterns = [
    path("api/v1/", declare_api(api)),
    path("api/bare/", bare.urls),
    path("sign-in", home, name="sign-in"),
]
