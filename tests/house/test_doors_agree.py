"""Names that two rooms spell for themselves, because neither may import the other."""

from course_content.exports import cartridge
from lti_tool import launch


def test_a_cartridges_link_names_its_module_as_the_launch_reads_it():
    assert cartridge.MODULE_PARAMETER == launch.MODULE_PARAMETER
