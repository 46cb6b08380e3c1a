# Library, headers, and how others find them: find_package(railwindow CONFIG) and pkg-config, both relocatable.
include(CMakePackageConfigHelpers)
set(railwindow_config ${CMAKE_INSTALL_LIBDIR}/cmake/railwindow)

install(TARGETS railwindow_shared EXPORT railwindow-shared
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT dev)
install(TARGETS railwindow_static EXPORT railwindow-static ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
foreach(kind static shared)
  install(EXPORT railwindow-${kind} NAMESPACE railwindow:: DESTINATION ${railwindow_config} COMPONENT dev)
endforeach()
# The public headers are those that railwindow.hpp reaches; found when installing, as an edit may have changed them.
install(CODE "set(headers \"${CMAKE_CURRENT_SOURCE_DIR}\")\nset(destination \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_INCLUDEDIR}\")" COMPONENT dev)
install(SCRIPT install_headers.cmake COMPONENT dev)

configure_package_config_file(railwindow-config.cmake.in railwindow-config.cmake
  INSTALL_DESTINATION ${railwindow_config} PATH_VARS RAILWINDOW_DATA_FOLDER NO_CHECK_REQUIRED_COMPONENTS_MACRO)
# Before 1.0 a new minor version may change the interface.
write_basic_package_version_file(railwindow-config-version.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH railwindow_prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(railwindow.pc.in railwindow.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/railwindow-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/railwindow-config-version.cmake
  DESTINATION ${railwindow_config} COMPONENT dev)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/railwindow.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
