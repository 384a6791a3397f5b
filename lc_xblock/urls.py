"""The pages of the house below an LMS, on the paths that badges name (decision record 0001)."""

from credentials.urls import urlpatterns as house

app_name = "lc"
#: The front page of the host is the LMS's own.
urlpatterns = [page for page in house if page.name != "start"]
