trigger Guard on Contact (before update) {
    if (!FeatureManagement.checkPermission('May_Opt_Out')) {
        for (contact person : trigger.new) {
            person.hasoptedoutofemail = trigger.oldMap.get(person.id).hasoptedoutofemail;
        }
    }
}
