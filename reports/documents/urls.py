"""Addresses of forms to download."""

from django.urls import path

from reports.documents import views

urlpatterns = [
    path("forms/", views.form_list, name="form_list"),
    path("forms/<str:key>/", views.blank_form, name="blank_form"),
    path("plans/<int:pk>/form/", views.plan_form, name="plan_form"),
    path("sign-in-form/", views.sign_in_form, name="sign_in_form"),
    path(
        "sessions/<int:pk>/sign-in-form/", views.session_sign_in_form, name="session_sign_in_form"
    ),
    path("sessions/<int:pk>/record-form/", views.session_record_form, name="session_record_form"),
    path("sessions/<int:pk>/leave-form/", views.session_leave_form, name="session_leave_form"),
    path("makeups/form/", views.makeup_form, name="makeup_form"),
    path("sit-ins/<int:pk>/form/", views.sit_in_form, name="sit_in_form"),
    path("units/<str:code>/roster/form/", views.roster_form, name="roster_form"),
]
