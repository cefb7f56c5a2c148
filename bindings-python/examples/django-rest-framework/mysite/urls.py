"""Where Twenty's webhooks go: to a view of Django REST framework, for its throttles and its documentation."""

import os

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.views import APIView
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.django import receive


def on_record(event: Event, delivery: Delivery) -> None:
    record = event.record or {}
    print(event.name, record["id"], delivery.id, flush=True)


def on_metadata(event: Event, delivery: Delivery) -> None:
    print(event.name, event.record_id, delivery.id, flush=True)


webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
handlers = {"person.*": on_record, "*.deleted": on_record, "metadata.*.*": on_metadata}
receiver = receive(webhook, handlers)


class TwentyView(APIView):
    # The signature says who it is.
    authentication_classes = ()
    permission_classes = ()

    def post(self, request: Request) -> HttpResponse:
        return receiver(request)

    # A GET is what a redirect makes of a delivery: it is refused, and the log says so.
    get = post


urlpatterns = [path("webhooks/twenty", TwentyView.as_view())]
