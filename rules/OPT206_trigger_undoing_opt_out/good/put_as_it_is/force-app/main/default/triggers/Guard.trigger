trigger Guard on Contact (before update) {
    if (!FeatureManagement.checkPermission('May_Opt_Out')) {
        for (contact person : trigger.new) {
            person.hasoptedoutofemail = trigger.newMap.get(person.id).hasoptedoutofemail;
        }
    }
}
