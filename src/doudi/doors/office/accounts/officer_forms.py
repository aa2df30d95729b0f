"""The forms by which an administrator manages officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from doudi.access.models import Role
from doudi.access.queries import areas

if TYPE_CHECKING:
    from doudi.doors.office.sight import Sight

_USERNAME_LENGTH, _NAME_LENGTH, _WHY_LENGTH = 40, 60, 200


class NewOfficer(forms.Form):
    """Who is taken on."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=_USERNAME_LENGTH,
        help_text=gettext_lazy("2 至 40 位小写字母、数字或 . _ -，以字母开头；以后不能改"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=_NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NewAppointment(forms.Form):
    """A role in an area, from a day, to a day or until ended."""

    role = forms.ChoiceField(label=gettext_lazy("岗位"))
    area = forms.ChoiceField(label=gettext_lazy("区域"))
    valid_from = forms.DateField(
        label=gettext_lazy("起始日"), widget=forms.DateInput(attrs={"type": "date"})
    )
    valid_to = forms.DateField(
        label=gettext_lazy("最后一日"),
        required=False,
        help_text=gettext_lazy("不填就是长期"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, sight: Sight, **kwargs: Any) -> None:  # noqa: ANN401 - the library's signature
        """Offer the areas that this administrator manages."""
        super().__init__(*args, **kwargs)
        self.initial = {"valid_from": sight.on}
        self.fields["role"].choices = [(role.value, gettext(role.label)) for role in Role]  # type: ignore[attr-defined]
        paths = [each.area.path for each in sight.appointments if each.role == Role.ADMINISTRATOR]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            (area.code, str(area))
            for area in areas().order_by("path")
            if any(area.path.startswith(path) for path in paths)
        ]


class Reason(forms.Form):
    """Why something is done: it stands in the journal."""

    why = forms.CharField(label=gettext_lazy("原因"), max_length=_WHY_LENGTH)


class LastDay(Reason):
    """The end of an appointment."""

    appointment = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    last_day = forms.DateField(
        label=gettext_lazy("最后一日"), widget=forms.DateInput(attrs={"type": "date"})
    )


class FactorDuties(forms.Form):
    """The roles that need a second factor."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("必须使用双因素登录的岗位"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's signature
        """Offer every role."""
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, gettext(role.label)) for role in Role]  # type: ignore[attr-defined]
