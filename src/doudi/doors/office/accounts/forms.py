"""The forms at an account's door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from doudi.access.actions import record_wrong_code
from doudi.access.queries import index_of_name, refuse_locked, system_officer
from doudi.doors.office.accounts.adapter import Accounts, address_of
from doudi.doors.office.clock import now
from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from doudi.access.models import Officer

_USERNAME_LENGTH = 40
_PASSWORD_LENGTH = 128


class SignIn(LoginForm):  # type: ignore[misc]  # the library has no types
    """Username and password, with one answer to whatever is wrong with them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's signature
        """Call the fields as the office calls them."""
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = gettext("用户名"), gettext("密码")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        login.widget.attrs["autofocus"] = True
        login.max_length = _USERNAME_LENGTH
        password.widget.attrs = {"autocomplete": "current-password"}
        password.max_length = _PASSWORD_LENGTH
        password.help_text = ""

    def clean_login(self) -> str:
        """The name in lower case: usernames have no other."""
        return str(super().clean_login()).lower()

    def clean(self) -> Any:  # noqa: ANN401 - the library's signature
        """Ask, and say the same of an unknown name, a wrong password and a closed account."""
        try:
            return super().clean()
        except ValidationError as error:
            if error.code == "locked":
                raise
            message = gettext("用户名或密码不对；多次不对会暂停登录")
            raise ValidationError(message) from error


class _CodeCounted(forms.Form):
    """A code of six digits, or a recovery code, counted as a password is."""

    user: Officer

    def clean_code(self) -> str:
        """The code when it is right; a wrong one goes on record."""
        named, at = index_of_name(self.user.username), now()
        try:
            refuse_locked(named, at)
        except Refusal as refusal:
            raise ValidationError(refusal.sentence(gettext)) from refusal
        try:
            return str(super().clean_code())  # type: ignore[misc]  # of the library's form
        except ValidationError as error:
            address = address_of(context.request)
            record_wrong_code(self.user, address=address, actor=system_officer(), at=at)
            message = gettext("验证码不对或已用过，请等验证器显示下一个再试")
            raise ValidationError(message) from error


class Code(_CodeCounted, AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """The code that completes a sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's signature
        """Call the field as the office calls it."""
        super().__init__(*args, **kwargs)
        _name_code(self)


class CodeAgain(_CodeCounted, ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The code that confirms who sits here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's signature
        """Call the field as the office calls it."""
        super().__init__(*args, **kwargs)
        _name_code(self)


class NewPassword(forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(
        label=gettext_lazy("现在的密码"),
        strip=False,
        max_length=_PASSWORD_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("新密码"),
        strip=False,
        max_length=_PASSWORD_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再输一次新密码"),
        strip=False,
        max_length=_PASSWORD_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - the library's signature
        """Know whose password it is."""
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.fields["new"].help_text = " ".join(password_validators_help_texts())

    def clean_old(self) -> str:
        """The old password, counted as at the door."""
        old = str(self.cleaned_data["old"])
        names = {"username": self.officer.username, "password": old}
        if Accounts(context.request).authenticate(context.request, **names) is None:
            raise ValidationError(gettext("现在的密码不对"))
        return old

    def clean_again(self) -> str:
        """The same once more."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("new"):
            raise ValidationError(gettext("两次输入的新密码不一样"))
        return again


def _name_code(form: forms.Form) -> None:
    field = form.fields["code"]
    field.label = gettext("验证码")
    field.widget.attrs = {"autocomplete": "one-time-code", "autofocus": True}
    field.help_text = gettext("验证器上的 6 位数字，或一个没有用过的恢复码")
